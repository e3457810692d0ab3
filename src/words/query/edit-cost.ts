/** Letters that are heard or typed for each other. */
const ALIKE: ReadonlySet<string> = new Set(
  ['ck', 'cs', 'sz', 'iy', 'vw', 'fv', 'kq'].flatMap(([a = '', b = '']) => [a + b, b + a]),
);
const VOWEL = /[aeiouy]/;
/** Neighbours in the rows of the usual keyboards. */
const KEYS_BESIDE: ReadonlySet<string> = new Set(
  ['qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm'].flatMap((row) =>
    Array.from(row.slice(1), (key, index) => [`${row[index]}${key}`, `${key}${row[index]}`]).flat(),
  ),
);
/** Any other letter: more often another word ("wrist", "waist") than a slip. */
const EXCHANGED = 1.3;
const SWAPPED = 0.8;
const DOUBLED = 0.5;
const SOUNDS_ALIKE = 0.7;
/** People rarely miss the first letter. */
const FIRST_LETTER = 2;

/**
 * What it takes to have typed `typed` for `meant`: 1 for a letter left out, put in or exchanged, more for letters that have nothing to do with each other, less for such that are doubled, swapped with their neighbour or
 * heard alike, twice as much for the first letter (Damerau-Levenshtein distance with weights, optimal string alignment).
 *
 * @param bound - what costs more than this is not told apart
 * @returns 0 for the same word; Infinity above the bound
 */
export function editCost(typed: string, meant: string, bound = Number.POSITIVE_INFINITY): number {
  if (Math.abs(typed.length - meant.length) > bound * 2) return Number.POSITIVE_INFINITY;
  const cost = at(costsToBeginnings(typed, meant, bound), meant.length);
  return cost > bound ? Number.POSITIVE_INFINITY : cost;
}

/** As `editCost`, for the beginning of `meant` that is nearest: what it takes to have begun to type it so. */
export function beginningCost(typed: string, meant: string): number {
  return Math.min(...costsToBeginnings(typed, meant, Number.POSITIVE_INFINITY));
}

/** @returns what each beginning of `meant` costs, by its length; none where all cost more than the bound */
function costsToBeginnings(typed: string, meant: string, bound: number): number[] {
  let beforeLast: number[] = [];
  let last = firstRow(meant);
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [at(last, 0) + gapCost(typed, i)];
    for (let j = 1; j <= meant.length; j += 1) {
      const isFirst = i === 1 && j === 1;
      const exchange =
        typed[i - 1] === meant[j - 1] ? 0 : exchangeCost(typed[i - 1], meant[j - 1]) * (isFirst ? FIRST_LETTER : 1);
      let cost = Math.min(
        at(last, j) + gapCost(typed, i),
        at(row, j - 1) + gapCost(meant, j),
        at(last, j - 1) + exchange,
      );
      const swapped =
        i > 1 &&
        j > 1 &&
        typed[i - 1] === meant[j - 2] &&
        typed[i - 2] === meant[j - 1] &&
        typed[i - 1] !== typed[i - 2];
      if (swapped) cost = Math.min(cost, at(beforeLast, j - 2) + SWAPPED * (j === 2 ? FIRST_LETTER : 1));
      row.push(cost);
    }
    if (Math.min(...row) > bound) return [];
    beforeLast = last;
    last = row;
  }
  return last;
}

function firstRow(word: string): number[] {
  const row = [0];
  for (let j = 1; j <= word.length; j += 1) row.push(at(row, j - 1) + gapCost(word, j));
  return row;
}

/** Of the letter at `place`, from 1, that only one of the words has. */
function gapCost(word: string, place: number): number {
  if (place === 1) return FIRST_LETTER;
  return word[place - 1] === word[place - 2] ? DOUBLED : 1;
}

function exchangeCost(one = '', other = ''): number {
  if (ALIKE.has(one + other)) return SOUNDS_ALIKE;
  return (VOWEL.test(one) && VOWEL.test(other)) || KEYS_BESIDE.has(one + other) ? 1 : EXCHANGED;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** Shorter words have too many neighbours: "cat", "cap", "car". */
export const SHORTEST_MENDED = 4;
const ONE_SLIP = 1;
const ONE_ODD_SLIP = 1.3;
const TWO_SLIPS = 2;
/** From so many letters two slips are believed, where one explains nothing. */
const TWO_SLIPS_FROM = 7;
/** From so many on they may be two letters too many or missing: "chainsaw" is not chains. */
const TWO_MISSING_FROM = 9;

/**
 * Whether `meant` may have been meant by a word that the catalogue does not know. Of four letters only where one was left out, swapped, doubled or misheard: "blak" is
 * black, but "boat" is not oat and "soup" not soap.
 *
 * @returns the cost; Infinity where it was hardly meant
 */
export function slipCost(typed: string, meant: string): number {
  if (typed.length < SHORTEST_MENDED || meant.length < 3) return Number.POSITIVE_INFINITY;
  const cost = editCost(typed, meant, typed.length >= TWO_SLIPS_FROM ? TWO_SLIPS : ONE_ODD_SLIP);
  const missing = Math.abs(typed.length - meant.length);
  if (missing > 1 && cost > ONE_SLIP && typed.length < TWO_MISSING_FROM) return Number.POSITIVE_INFINITY;
  const isDoubtful = cost > ONE_SLIP || (cost === ONE_SLIP && meant.length <= typed.length);
  return typed.length === SHORTEST_MENDED && isDoubtful ? Number.POSITIVE_INFINITY : cost;
}

/** Whether the cost is that of one slip, as such believed before all that need two. */
export function isOneSlip(cost: number): boolean {
  return cost <= ONE_ODD_SLIP;
}
