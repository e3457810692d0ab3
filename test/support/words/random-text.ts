/** Text of many scripts, with marks, signs and digits, the same for the same seed. */
export interface RandomText {
  /** 0 to 1. */
  readonly number: () => number;
  readonly below: (bound: number) => number;
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
  readonly text: () => string;
  readonly word: (letters?: string) => string;
}

const PIECES = [
  'a',
  'b',
  'E',
  'é',
  'e\u0301',
  'Å',
  'ß',
  'İ',
  'ı',
  'Σ',
  'ς',
  'ό',
  'Ø',
  'æ',
  'Ł',
  'й',
  'Ё',
  'а\u0301',
  'ク',
  'ｸ',
  'ｸﾞ',
  'が',
  '漢',
  '字',
  '한',
  '\u1112\u1161\u11ab',
  'क',
  'क़',
  'ा',
  'ก',
  'ำ',
  'ً',
  'أ',
  'ة',
  'م',
  'ש',
  'ּ',
  '״',
  '½',
  '²',
  '5',
  '５',
  '٣',
  '7',
  ' ',
  '  ',
  '-',
  '–',
  '/',
  '.',
  ',',
  "'",
  '’',
  '"',
  '″',
  '&',
  '+',
  '#',
  '™',
  '\u00ad',
  '\u200d',
  '%',
  '°',
  'ﬁ',
  '㎏',
  '…',
  '´',
] as const; // prettier-ignore

/** Linear congruential (Numerical Recipes): enough for tests, and the same everywhere. */
export function createRandom(seed: number): RandomText {
  let state = seed >>> 0;
  const number = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(number() * bound);
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item => items[below(items.length)] ?? items[0];
  return {
    number,
    below,
    pick,
    text: () => Array.from({ length: below(24) }, () => pick(PIECES)).join(''),
    word: (letters = 'abcdefghiklmnoprstuvw') =>
      Array.from({ length: 4 + below(6) }, () => letters[below(letters.length)] ?? 'a').join(''),
  };
}
