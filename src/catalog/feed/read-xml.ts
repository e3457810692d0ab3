import sax from 'sax';
import { AppError } from '../../errors.ts';
import { type FeedEntry, type FeedTableRow, fieldName, MAX_RECORD_CHARACTERS, TOO_LONG } from './feed-record.ts';
import { createProductFinder } from './product-names.ts';
import { isHarmless, withEndedEntities } from './xml-errors.ts';
import { byFieldName, createElementBuilder, type ElementBuilder, localName } from './xml-product.ts';

/** Where the products of an XML document are. */
export interface XmlProducts {
  /** The outermost element, without prefix. */
  readonly root: string;
  /** The element that a product is, without prefix; undefined where none is like one. */
  readonly element: string | undefined;
  /** Elements of that name that are something else: `parent/name`. */
  readonly others: ReadonlySet<string>;
}

/** A product that is being read. */
interface OpenProduct {
  readonly line: number;
  /** Elements open, itself included. */
  readonly depth: number;
  readonly builder: ElementBuilder;
  /** Of the field that is open, as written. */
  field: string | undefined;
  characters: number;
  /** The first thing found wrong with it. */
  problem: string | undefined;
}

/** Real documents nest a dozen times; what is far deeper is made to exhaust memory. */
const MAX_DEPTH = 10_000;

/** Elements within each other in a product: room for HTML that opens and never closes. */
const MAX_PRODUCT_DEPTH = 200;
const MOST_NAMES = 300;

/** Rows of all tables before the products. Yandex' and Amazon's lists of categories have tens of thousands. */
const MOST_TABLE_ROWS = 100_000;
const LONGEST_TABLE_TEXT = 1000;

/**
 * Finds out which element of an XML document is a product: by its name, the names of its attributes and of the elements in it, and by
 * being repeated. Reads until that is certain.
 *
 * @param pieces - the text from its start, in pieces of any size
 * @throws AppError FEED_INVALID for elements nested over 10,000 deep
 */
export async function findXmlProducts(pieces: AsyncIterable<string>): Promise<XmlProducts> {
  const finder = createProductFinder();
  const parser = sax.parser(true, { position: true });
  const open: { name: string; names: string[] }[] = [];
  const keys = new Map<string, Set<string>>();
  let root = '';
  parser.onopentag = ({ name, attributes }) => {
    const local = localName(name);
    if (open.length >= MAX_DEPTH) throw tooDeep();
    root ||= local;
    const outer = open.at(-1);
    if (outer && outer.names.length < MOST_NAMES) outer.names.push(name);
    open.push({ name: local, names: Object.keys(attributes) });
  };
  parser.onclosetag = () => {
    const closed = open.pop();
    if (!closed) return;
    const key = `${open.at(-1)?.name ?? ''}/${closed.name}`;
    keys.set(closed.name, (keys.get(closed.name) ?? new Set()).add(key));
    if (closed.names.length === 0) return;
    const names = closed.names.map(localName);
    finder.see({ key, name: closed.name, depth: open.length, isListed: true }, names);
  };
  parser.onerror = ({ message }) => {
    emptyBuffer(parser, message);
    parser.resume();
  };
  let looked = 0;
  for await (const piece of withEndedEntities(pieces)) {
    parser.write(piece);
    looked += piece.length;
    if (finder.isDone(looked)) break;
  }
  const element = finder.best()?.split('/')[1];
  const others = [...(keys.get(element ?? '') ?? [])].filter((key) => !finder.isLikely(key));
  return { root, element, others: new Set(others) };
}

/**
 * Reads the products of an XML document. A field is an element in the product's, or an attribute of the product's where there is no such
 * element; Google's (`g:`) win over bare ones, these over those with other prefixes. What is not well-formed costs the product that it
 * is in, if it leaves open where its fields end; between products only the first such place is reported. Entities are XML's and HTML's,
 * an `&` that begins none stands for itself; a DTD is never read.
 *
 * @param products - as `findXmlProducts` gives it
 * @param tables - rows with an id that come before the first product are added to it, by their element's name
 * @throws AppError FEED_INVALID for elements nested over 10,000 deep
 */
export async function* readXml(
  pieces: AsyncIterable<string>,
  products: XmlProducts,
  tables: Map<string, FeedTableRow[]> = new Map(),
): AsyncGenerator<FeedEntry> {
  const scanner = createScanner(products, tables);
  for await (const piece of withEndedEntities(pieces)) yield* scanner.read(piece);
  yield* scanner.end();
}

function createScanner(
  { element, others }: XmlProducts,
  tables: Map<string, FeedTableRow[]>,
): { read(piece: string): FeedEntry[]; end(): FeedEntry[] } {
  const parser: sax.SAXParser & { tagName?: string; tags?: { name: string }[] } = sax.parser(true, { position: true });
  const found: FeedEntry[] = [];
  const outside: string[] = [];
  const googlePrefixes = new Set(['g']);
  let product: OpenProduct | undefined;
  let leaf: { name: string; attributes: Record<string, string>; text: string } | undefined;
  let depth = 0;
  let startLine = 1;
  let rows = 0;
  let reportedBetween = false;
  let hadProduct = false;

  function refuse(problem: string): void {
    if (product) product.problem ??= problem;
    else if (!reportedBetween) found.push({ line: parser.line + 1, problem });
    reportedBetween = true;
  }

  function addText(text: string): void {
    if (!product) {
      if (leaf && leaf.text.length < LONGEST_TABLE_TEXT) leaf.text += text;
      return;
    }
    if (isTooLong(text.length)) return;
    product.builder.text(text);
  }

  function isTooLong(characters: number): boolean {
    if (!product) return false;
    product.characters += characters;
    if (product.characters > MAX_RECORD_CHARACTERS) refuse(TOO_LONG);
    return product.characters > MAX_RECORD_CHARACTERS;
  }

  function openOutside(name: string, attributes: Record<string, string>): void {
    const local = localName(name);
    const key = `${outside.at(-1) ?? ''}/${local}`;
    outside.push(local);
    if (local === element && !others.has(key)) {
      const builder = createElementBuilder(googlePrefixes);
      product = { line: startLine, depth, builder, field: undefined, characters: 0, problem: undefined };
      builder.open(name, attributes);
      leaf = undefined;
      reportedBetween = false;
      hadProduct = true;
    } else {
      leaf = { name: fieldName(local), attributes: byFieldName(attributes), text: '' };
    }
  }

  function closeOutside(): void {
    outside.pop();
    if (leaf && !hadProduct && leaf.attributes.id !== undefined && rows < MOST_TABLE_ROWS) {
      rows += 1;
      const row = { attributes: leaf.attributes, text: leaf.text.trim() };
      const table = tables.get(leaf.name);
      if (table) table.push(row);
      else tables.set(leaf.name, [row]);
    }
    leaf = undefined;
  }

  parser.onopentagstart = () => {
    startLine = parser.line + 1;
  };
  parser.onopentag = ({ name, attributes }) => {
    depth += 1;
    if (depth > MAX_DEPTH) throw tooDeep();
    const texts = attributes as Record<string, string>;
    for (const [attribute, value] of Object.entries(texts)) {
      const prefix = /^xmlns(?::(.+))?$/.exec(attribute);
      if (prefix && /base\.google\.com\/ns\//.test(value)) googlePrefixes.add(prefix[1] ?? '');
    }
    if (!product) return openOutside(name, texts);
    if (depth === product.depth + 1) product.field = name;
    if (depth > product.depth + MAX_PRODUCT_DEPTH) {
      refuse(`expected elements nested at most ${MAX_PRODUCT_DEPTH} deep`);
      product.characters = MAX_RECORD_CHARACTERS;
    }
    const length = Object.entries(texts).reduce(
      (sum, [key, value]) => sum + key.length + value.length,
      name.length + 2,
    );
    if (!isTooLong(length)) product.builder.open(name, texts);
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = () => {
    if (!product) {
      closeOutside();
    } else {
      const { line, problem, builder } = product;
      const isComplete = depth === product.depth;
      if (depth === product.depth + 1) product.field = undefined;
      // What is too long is not gathered, and refused in the end.
      if (!isTooLong(0)) builder.close();
      if (isComplete) {
        found.push(problem === undefined ? { line, ...builder.record() } : { line, problem });
        product = undefined;
        outside.pop();
      }
    }
    depth -= 1;
  };
  parser.onerror = (error) => {
    const message = error.message.split('\n', 1)[0] ?? '';
    emptyBuffer(parser, message);
    // Tags of HTML within a field, which are opened or closed alone, leave open only how the field looks: unless they close more than it.
    const opened = parser.tags?.findLastIndex(({ name }) => name === parser.tagName) ?? -1;
    const isWithinField =
      product?.field !== undefined &&
      /^(Unmatched closing|Unexpected close) tag/.test(message) &&
      (opened === -1 || opened >= product.depth);
    if (!isHarmless(message) && !isWithinField) refuse(`expected well-formed XML, found: ${message}`);
    parser.resume();
  };

  return {
    read(piece) {
      parser.write(piece);
      return found.splice(0);
    },
    end() {
      // Reports what is still open; closing resets the parser, so a product cut off by the end is taken before.
      const cut = product;
      const isCut = depth > 0;
      parser.close();
      if (cut) found.push({ line: cut.line, problem: 'expected the end of the product, found the end of the feed' });
      const last = found.pop();
      if (last) found.push('problem' in last && isCut ? { ...last, isCut } : last);
      return found.splice(0);
    },
  };
}

/** A name, value or comment beyond 64 KiB: sax says so and goes on gathering it. */
function emptyBuffer(parser: sax.SAXParser, message: string): void {
  const buffer = /^Max buffer length exceeded: (\w+)/.exec(message)?.[1];
  if (buffer !== undefined) Object.assign(parser, { [buffer]: '' });
}

function tooDeep(): AppError {
  return new AppError('FEED_INVALID', `expected XML elements nested at most ${MAX_DEPTH} deep`);
}
