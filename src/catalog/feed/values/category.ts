import { plainLine } from './markup.ts';

/** What stands between the levels of a category, the strongest first; only the strongest that occurs divides. */
const LEVEL_SEPARATORS: readonly RegExp[] = [/->|>/, /»/, /›/, /\|/, /;/, /[/\\]/];

/**
 * The paths of categories as people write them: `Men > Shoes`, `Men/Shoes`, `Men | Shoes`, several in one cell (`Men > Shoes, Sale > Shoes`); a comma is part of
 * a name (`Fruit, Vegetables > Apples`) unless every part is a path itself.
 *
 * @returns each as names from the top down, the main one first; empty: none
 */
export function parseCategories(written: string): string[][] {
  const text = plainLine(written);
  const separator = LEVEL_SEPARATORS.find((each) => each.test(text));
  const paths = separator ? pathsOf(text, separator) : [text];
  return paths.map((path) => levels(path, separator)).filter((path) => path.length > 0);
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
    const paths = text.split(between);
    if (paths.length > 1 && paths.every((path) => levels(path, separator).length > 1)) return paths;
  }
  return [text];
}

function levels(path: string, separator: RegExp | undefined): string[] {
  return (separator ? path.split(separator) : [path]).map((name) => name.trim()).filter((name) => name !== '');
}
