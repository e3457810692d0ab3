/**
 * Edits that turn one word into the other: a letter put in, left out, exchanged, or two neighbours swapped
 * (optimal string alignment distance). Trigrams find likely words quickly, but rate a swap of two letters worse than another word.
 */
export function editDistance(a: string, b: string): number {
  return at(distancesToBeginnings(a, b), b.length);
}

/** Edits between `a` and each beginning of `b`, by its length. */
function distancesToBeginnings(a: string, b: string): number[] {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) edits = Math.min(edits, at(beforeLast, j - 2) + 1);
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** Shorter words have too many neighbours one letter away: "cat", "cap", "car". */
export const SHORTEST_MENDED_WORD = 4;

/** Edits that are taken for a slip: one in words of 4 to 6 letters, two in longer ones, as full-text engines commonly allow. */
function allowedEdits(word: string): number {
  return word.length <= 6 ? 1 : 2;
}

/** Those of the candidates that are fewest slips away from the word; none where all are too far. */
export function nearestWords<Candidate extends { readonly word: string }>(
  word: string,
  candidates: readonly Candidate[],
): Candidate[] {
  const distances = candidates.map((candidate) => editDistance(word, candidate.word));
  const fewest = Math.min(...distances);
  return fewest > allowedEdits(word) ? [] : candidates.filter((_, index) => distances[index] === fewest);
}

/**
 * Edits that turn what was typed into the beginning of a word, whichever beginning is nearest: "adid" is 0 away from "adidas", "addi" 1.
 */
export function completionDistance(typed: string, word: string): number {
  return Math.min(...distancesToBeginnings(typed, word));
}

/** Those of the words that what was typed begins with fewest slips, but at least one; none where all are too far. */
export function slippedCompletions(typed: string, words: readonly string[]): string[] {
  const distances = words.map((word) => completionDistance(typed, word));
  const fewest = Math.min(...distances.filter((distance) => distance > 0));
  return fewest > allowedEdits(typed) ? [] : words.filter((_, index) => distances[index] === fewest);
}

/**
 * What the beginnings of words that were meant have in common with what was typed (at least four letters): of these strings, one is also in
 * the word's `beginnings_of_word` (migrations/0003_words.sql), if at most one slip is within its first four letters. So a word of seven
 * letters may have two slips, but not both at its beginning.
 */
export function similarBeginnings(typed: string): string[] {
  const [three, four, five] = [3, 4, 5].map((length) => typed.slice(0, length)) as [string, string, string];
  return [...new Set([three, four, ...withoutOneLetter(four), ...withoutOneLetter(five)])];
}

function withoutOneLetter(word: string): string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
}
