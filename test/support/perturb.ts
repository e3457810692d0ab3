/** Changes that people make to what they mean, without meaning anything else by it. */
export const CHANGES = {
  /** A hyphen for a blank. */
  HYPHEN: (text, random) => replaceOne(text, /(?<=\p{L}) (?=\p{L})/gu, random, () => '-'),
  /** Two words written as one. */
  BLANK: (text, random) => replaceOne(text, /(?<=\p{L}{3}) (?=\p{L}{3})/gu, random, () => ''),
  /** Another case: of a word, or of all of it. */
  CASE: (text, random) => {
    const changed = random() < 0.5 ? text.toUpperCase() : text.toLowerCase();
    return changed === text ? text.toUpperCase() : changed;
  },
  /** An accent where none belongs. */
  ACCENT: (text, random) => replaceOne(text, /[aeiou]/gi, random, (letter) => `${letter}\u0301`.normalize('NFC')),
  /** One of several, or several of one. */
  PLURAL: (text, random) =>
    replaceOne(text, /(?<![\p{L}'])\p{L}{3,}[^s\P{L}]s?(?![\p{L}'])/gu, random, (word) =>
      word.endsWith('s') ? word.slice(0, -1) : `${word}s`,
    ),
  /** A letter left out, doubled, or swapped with its neighbour, behind the first. */
  SLIP: (text, random) =>
    replaceOne(text, /(?<!\p{L})\p{L}{6,}(?!\p{L})/gu, random, (word) => {
      const at = 1 + Math.floor(random() * (word.length - 3));
      const [letter = '', next = ''] = [word[at], word[at + 1]];
      const slips = [next, `${letter}${letter}${next}`, `${next}${letter}`];
      return word.slice(0, at) + (slips[Math.floor(random() * slips.length)] ?? '') + word.slice(at + 2);
    }),
} as const satisfies Record<string, (text: string, random: () => number) => string>;

export type Change = keyof typeof CHANGES;

/**
 * Makes several different changes, one after the other; one that a text gives no occasion for is left out.
 *
 * @param number - of changes that are tried
 */
export function perturb(text: string, number: number, random: () => number): { text: string; changes: Change[] } {
  const left = Object.keys(CHANGES) as Change[];
  const changes = Array.from({ length: number }, () => left.splice(Math.floor(random() * left.length), 1)[0]).filter(
    (change) => change !== undefined,
  );
  return { text: changes.reduce((changed, change) => CHANGES[change](changed, random), text), changes };
}

/** Replaces one of the places that match, whichever. */
function replaceOne(text: string, pattern: RegExp, random: () => number, by: (found: string) => string): string {
  const places = [...text.matchAll(pattern)];
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) return text;
  return text.slice(0, place.index) + by(place[0]) + text.slice(place.index + place[0].length);
}
