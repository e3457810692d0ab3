import { AppError } from '../../errors.ts';
import { MAX_RECORD_CHARACTERS } from './feed-record.ts';

/** An object of a JSON document as it is written. */
export interface JsonObjectText {
  /** Where it begins, from 1. */
  readonly line: number;
  /** undefined for one that is longer than a record may be. */
  readonly text: string | undefined;
}

/** What is asked and told while a document is scanned. */
export interface JsonEvents {
  /** Whether the object that begins at this path is wanted as text; nothing in it is told of. */
  wants(path: string): boolean;
  /** An object that was not wanted has ended. @param names - of its fields */
  onObject?(place: JsonPlace, names: readonly string[]): void;
  /** A line end within a text, which JSON does not allow. */
  onBrokenText?(): void;
}

/** Where an object stands. Paths have a dot between names and `[]` for any place in a list: `products[].variants[]`. */
export interface JsonPlace {
  readonly path: string;
  /** The last name in the path, empty for the document itself and lists of it. */
  readonly name: string;
  readonly depth: number;
  /** Where it begins, from 1. */
  readonly line: number;
}

interface Level {
  readonly line: number;
  readonly isList: boolean;
  readonly path: string;
  readonly name: string;
  /** The key whose value comes; of objects. */
  key: string;
  readonly names: string[];
}

export interface JsonScanner {
  /** @param piece - the next part of the document, of any length @returns wanted objects that ended in it */
  read(piece: string): JsonObjectText[];
  /** Values that began outside of all others: one in a document, more in JSON Lines. */
  roots(): number;
  /** Lists and objects that are open. */
  depth(): number;
  /** The line that is being read, from 1. */
  line(): number;
  /** Where the wanted object begins that is open; undefined where none is. */
  openSince(): number | undefined;
}

/** Real documents nest a dozen times; what is far deeper is made to exhaust memory. */
const MAX_DEPTH = 2000;
const MOST_NAMES = 300;
const LONGEST_NAME = 200;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const LIST_START = 91;
const LIST_END = 93;
const OBJECT_START = 123;
const OBJECT_END = 125;
const LINE_FEED = 10;

/**
 * Finds objects in a JSON document that comes in pieces, holding one of them at a time. It follows brackets and texts only: what is
 * in between is for JSON.parse to judge, so an object that is no JSON costs itself.
 *
 * @throws AppError FEED_INVALID from `read` for what is nested over 2000 deep
 */
export function createJsonScanner(events: JsonEvents): JsonScanner {
  const levels: Level[] = [];
  let line = 1;
  let roots = 0;
  let isText = false;
  let isEscaped = false;
  /** The text that is read names a field; what was read of it in earlier pieces. */
  let name: string | undefined;
  let awaitsName = false;
  let wanted: { line: number; depth: number; text: string; isTooLong: boolean } | undefined;

  function open(isList: boolean): void {
    const outer = levels.at(-1);
    if (levels.length >= MAX_DEPTH) {
      throw new AppError('FEED_INVALID', `line ${line}: expected JSON nested at most ${MAX_DEPTH} deep`);
    }
    if (!outer) roots += 1;
    // Within a wanted object nobody asks where something stands. PHP writes lists with gaps as objects with numbers for names.
    const asItem = outer?.isList || /^\d+$/.test(outer?.key ?? '');
    const path =
      wanted || !outer ? '' : asItem ? `${outer.path}[]` : outer.path === '' ? outer.key : `${outer.path}.${outer.key}`;
    const level = { line, isList, path, name: asItem ? (outer?.name ?? '') : (outer?.key ?? ''), key: '', names: [] };
    if (!wanted && !isList && events.wants(path)) wanted = { line, depth: levels.length, text: '', isTooLong: false };
    levels.push(level);
    awaitsName = !isList;
  }

  function close(): boolean {
    const level = levels.pop();
    awaitsName = false;
    if (!level) return false;
    if (wanted) return wanted.depth === levels.length;
    const { line: since, path, name: called } = level;
    if (!level.isList) events.onObject?.({ path, name: called, depth: levels.length, line: since }, level.names);
    return false;
  }

  function endName(text: string): void {
    const level = levels.at(-1);
    awaitsName = false;
    if (!level || wanted) return;
    level.key = text.slice(0, LONGEST_NAME);
    if (level.names.length < MOST_NAMES) level.names.push(level.key);
  }

  function keep(text: string): void {
    if (!wanted || wanted.isTooLong) return;
    if (wanted.text.length + text.length > MAX_RECORD_CHARACTERS) {
      wanted.isTooLong = true;
      wanted.text = '';
    } else {
      wanted.text += text;
    }
  }

  function read(piece: string): JsonObjectText[] {
    const found: JsonObjectText[] = [];
    let from = 0;
    let nameFrom = 0;
    for (let i = 0; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      if (code === LINE_FEED) {
        line += 1;
        if (isText) events.onBrokenText?.();
      }
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) {
          isText = false;
          if (name !== undefined) endName(name + piece.slice(nameFrom, i));
          name = undefined;
        }
        continue;
      }
      switch (code) {
        case QUOTE:
          isText = true;
          if (awaitsName) {
            name = '';
            nameFrom = i + 1;
          }
          break;
        case OBJECT_START:
        case LIST_START: {
          const wasWanted = wanted !== undefined;
          open(code === LIST_START);
          if (wanted && !wasWanted) from = i;
          break;
        }
        case OBJECT_END:
        case LIST_END:
          if (close() && wanted) {
            keep(piece.slice(from, i + 1));
            found.push({ line: wanted.line, text: wanted.isTooLong ? undefined : wanted.text });
            wanted = undefined;
          }
          break;
        case COMMA:
          awaitsName = levels.at(-1)?.isList === false;
          break;
        case COLON:
          awaitsName = false;
          break;
      }
    }
    if (name !== undefined && name.length < LONGEST_NAME) name += piece.slice(nameFrom);
    keep(piece.slice(from));
    return found;
  }

  return { read, roots: () => roots, depth: () => levels.length, line: () => line, openSince: () => wanted?.line };
}
