import { plainLine } from './markup.ts';

/** What stands between the levels of a category, the strongest first; only the strongest that occurs divides. */
const LEVEL_SEPARATORS: readonly RegExp[] = [/->|>|→/, /»/, /›/, /\|/, /;/, /[/\\]/];

/** Separators that stand between whole paths as well. */
const BETWEEN_PATHS = /[|;]/;
/** A path whose levels slashes divide. */
const SLASHED = /^[^/\\]*[^/\\\s][/\\][^/\\\s](?:[^/\\]|[/\\](?=\S))*$/;

/**
 * The paths of categories as people write them: `Men > Shoes`, `Men/Shoes`, `Men | Shoes`, several in one cell (`Men > Shoes, Sale > Shoes`, `Men/Shoes|Sale/Shoes`) or a line each; a comma is part of
 * a name (`Fruit, Vegetables > Apples`) unless every part is a path itself.
 *
 * @returns each as names from the top down, the main one first; empty: none
 */
export function parseCategories(written: string): string[][] {
  return written.split(/[\r\n]+/).flatMap(categoriesOfLine);
}

function categoriesOfLine(written: string): string[][] {
  const text = plainLine(written);
  const strongest = LEVEL_SEPARATORS.find((each) => each.test(text));
  // `Chairs/Wood|Sale/Chairs`: the slash divides levels where it does so in every part, with no space beside it; `Salt / Pepper` is a name.
  const slashed = strongest && BETWEEN_PATHS.test(strongest.source) ? text.split(strongest) : [];
  if (slashed.length > 1 && slashed.every((path) => SLASHED.test(path.trim())))
    return slashed.map((path) => levels(path, /[/\\]/));
  const paths = strongest ? pathsOf(text, strongest) : [text];
  return paths.map((path) => levels(path, strongest)).filter((path) => path.length > 0);
}

/** The levels of one path whose separator is known. */
export function splitLevels(written: string, separator: string): string[] {
  return written
    .split(separator)
    .map(plainLine)
    .filter((name) => name !== '');
}

function pathsOf(text: string, separator: RegExp): string[] {
  const stronger = LEVEL_SEPARATORS.indexOf(separator);
  for (const between of [';', '|', ',']) {
    const isWeaker = LEVEL_SEPARATORS.findIndex((each) => each.test(between)) > stronger;
    if (between !== ',' && !isWeaker) continue;
    const paths = text.split(between).filter((path) => path.trim() !== '');
    if (paths.length > 1 && paths.every((path) => levels(path, separator).length > 1)) return paths;
  }
  return [text];
}

function levels(path: string, separator: RegExp | undefined): string[] {
  return (separator ? path.split(separator) : [path]).map((name) => name.trim()).filter((name) => name !== '');
}
