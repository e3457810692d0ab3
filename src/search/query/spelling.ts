import { distancesToBeginnings, editDistance } from '../../edit-distance.ts';

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
