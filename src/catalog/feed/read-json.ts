import { show } from '../../errors.ts';
import { type FeedEntry, type JsonValue, TOO_LONG } from './feed-record.ts';
import { createJsonScanner } from './json-scanner.ts';
import { isJsonObject, jsonFields, parseJson } from './json-values.ts';
import { createProductFinder } from './product-names.ts';
import { readLines } from './read-lines.ts';

/** Where the products of JSON text are. */
export type JsonProducts =
  | { readonly format: 'JSONL' }
  /** @param path - of the objects that are products, `products[]`; undefined where there is no object */
  | { readonly format: 'JSON'; readonly path: string | undefined };

/** What is a product of its own although it is in no list: `itemListElement[].item`, `edges[].node`. */
const WRAPPED = /\[\]\.(item|node|product|offer|entry)$/i;

/**
 * Finds where the products of JSON text stand: in a list that is the document, in a list somewhere in it, or one object a line. Told by
 * the names of the objects' fields, and by what the list is called; read until that is certain.
 *
 * @param pieces - the text from its start, in pieces of any size
 */
export async function findJsonProducts(pieces: AsyncIterable<string>): Promise<JsonProducts> {
  const finder = createProductFinder();
  let isOneLine = false;
  let isBroken = false;
  const scanner = createJsonScanner({
    wants: () => false,
    onObject: ({ path, name, depth, line }, names) => {
      if (depth === 0 && scanner.roots() === 1) isOneLine = line === scanner.line();
      finder.see({ key: path, name, depth, isListed: path.endsWith('[]') || WRAPPED.test(path) }, names);
    },
    // A text that the end of the first line cuts off, in an object that is in no other.
    onBrokenText: () => {
      isBroken ||= scanner.line() === 2 && scanner.depth() === 1;
    },
  });
  let looked = 0;
  for await (const piece of pieces) {
    scanner.read(piece);
    looked += piece.length;
    if (scanner.roots() > 1 && isOneLine) return { format: 'JSONL' };
    if (isBroken) return { format: 'JSONL' };
    if (finder.isDone(looked)) break;
  }
  const path = finder.best();
  // One product alone on its line.
  return path === '' && isOneLine ? { format: 'JSONL' } : { format: 'JSON', path };
}

/**
 * Reads the products of a JSON document, holding one at a time. One that is no JSON costs itself; what is cut off at the end is reported.
 *
 * @param path - of the products, as `findJsonProducts` gives it
 */
export async function* readJson(pieces: AsyncIterable<string>, path: string | undefined): AsyncGenerator<FeedEntry> {
  const scanner = createJsonScanner({ wants: (place) => place === path });
  for await (const piece of pieces) {
    for (const { line, text } of scanner.read(piece)) {
      yield text === undefined ? { line, problem: TOO_LONG } : readObject(line, text, 'expected a JSON object');
    }
  }
  const cutLine = scanner.openSince();
  if (cutLine !== undefined) {
    yield { line: cutLine, problem: 'expected the end of the product, found the end of the feed', isCut: true };
  } else if (scanner.depth() > 0) {
    yield {
      line: scanner.line(),
      problem: 'expected the end of the JSON document, found the end of the feed',
      isCut: true,
    };
  }
}

/** Reads a feed of one JSON object a line. */
export async function* readJsonLines(pieces: AsyncIterable<string>): AsyncGenerator<FeedEntry> {
  for await (const line of readLines(pieces)) {
    if ('problem' in line) {
      yield line;
    } else if (line.text.trim() !== '') {
      yield readObject(line.line, line.text, 'expected one JSON object on the line');
    }
  }
}

function readObject(line: number, text: string, expected: string): FeedEntry {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { line, problem: `${expected}, found ${show(text)}` };
  }
  if (!isJsonObject(value)) return { line, problem: `${expected}, found ${show(value)}` };
  const fields = jsonFields(value);
  return typeof fields === 'string' ? { line, problem: fields } : { line, fields, tree: value };
}
