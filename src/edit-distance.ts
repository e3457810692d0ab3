/**
 * Edits that turn one word into the other: a letter put in, left out, exchanged, or two neighbours swapped
 * (optimal string alignment distance). Trigrams find likely words quickly, but rate a swap of two letters worse than another word.
 */
export function editDistance(a: string, b: string): number {
  return at(distancesToBeginnings(a, b), b.length);
}

/** @returns edits between `a` and each beginning of `b`, by its length. */
export function distancesToBeginnings(a: string, b: string): number[] {
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
