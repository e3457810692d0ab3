import sax from 'sax';
import {
  addField,
  type FeedEntry,
  fieldName,
  MAX_RECORD_CHARACTERS,
  NOT_UNICODE,
  REPLACEMENT_CHARACTER,
} from './feed-record.ts';

/** What a product is called: in RSS 2.0 and in Atom. */
const PRODUCT_ELEMENTS: ReadonlySet<string> = new Set(['item', 'entry']);

/** A product that is being read. */
interface OpenProduct {
  readonly line: number;
  /** Elements open, itself included. */
  readonly depth: number;
  readonly fields: Map<string, string[]>;
  /** Texts within the field that is open, one for each leaf. */
  leaves: string[];
  characters: number;
  /** The first thing found wrong with it. */
  problem: string | undefined;
}

/**
 * Reads a feed in XML: RSS 2.0 (`item`) or Atom (`entry`), with Google's `g:` names or without. The texts of the elements within a field
 * (`g:shipping`) are put together with colons, as Google writes the same in columns. What is not well-formed costs the product that it
 * is in; between products only the first such place is reported. Entities are XML's and HTML's; a DTD is never read.
 */
export async function* readXml(pieces: AsyncIterable<string>): AsyncGenerator<FeedEntry> {
  const scanner = createScanner();
  for await (const piece of pieces) yield* scanner.read(piece);
  yield* scanner.end();
}

function createScanner(): { read(piece: string): FeedEntry[]; end(): FeedEntry[] } {
  const parser = sax.parser(true, { position: true });
  const found: FeedEntry[] = [];
  let product: OpenProduct | undefined;
  let depth = 0;
  let reportedBetween = false;

  function refuse(problem: string): void {
    if (product) product.problem ??= problem;
    else if (!reportedBetween) found.push({ line: parser.line + 1, problem });
    reportedBetween = true;
  }

  function addText(text: string): void {
    if (!product || depth === product.depth) return;
    product.characters += text.length;
    if (product.characters > MAX_RECORD_CHARACTERS) {
      refuse(`expected a product of at most ${MAX_RECORD_CHARACTERS} characters, found a longer one`);
      product.leaves = [];
      return;
    }
    if (text.includes(REPLACEMENT_CHARACTER)) refuse(NOT_UNICODE);
    product.leaves.push((product.leaves.pop() ?? '') + text);
  }

  parser.onopentagstart = ({ name }) => {
    depth += 1;
    if (product) {
      // White space between the elements of a field is no leaf.
      if (depth === product.depth + 1) product.leaves = [];
      product.leaves.push('');
    } else if (PRODUCT_ELEMENTS.has(name)) {
      product = { line: parser.line + 1, depth, fields: new Map(), leaves: [], characters: 0, problem: undefined };
      reportedBetween = false;
    }
  };
  parser.onattribute = ({ name, value }) => {
    // Atom's <link href="..."/>.
    if (name === 'href') addText(value);
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = (name) => {
    if (product && depth === product.depth + 1) {
      const leaves = product.leaves.map((leaf) => leaf.trim()).filter((leaf) => leaf !== '');
      addField(product.fields, fieldName(name), leaves.join(':'));
    } else if (product && depth === product.depth) {
      const { line, fields, problem } = product;
      found.push(problem === undefined ? { line, fields } : { line, problem });
      product = undefined;
    } else {
      // What follows an inner element is not part of its text.
      product?.leaves.push('');
    }
    depth -= 1;
  };
  parser.onerror = (error) => {
    refuse(`expected well-formed XML, found: ${error.message.split('\n', 1)[0]}`);
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
      parser.close();
      if (cut) found.push({ line: cut.line, problem: 'expected the end of the product, found the end of the feed' });
      return found.splice(0);
    },
  };
}
