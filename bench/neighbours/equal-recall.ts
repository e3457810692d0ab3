/** What one engine did for the searches of one band with one of its settings. */
export interface Measured {
  readonly setting: string;
  /** Mean, 0 to 1. */
  readonly recall: number;
  /** Medians of the engine and of ours, which took turns. */
  readonly p50: number;
  readonly p95: number;
  readonly oursP50: number;
}

/** One setting of an engine, and whether it finds as much as ours does. */
export interface Choice extends Measured {
  readonly reaches: boolean;
}

/** Recalls are sums of tenths: what differs by less is equal. */
const EQUAL = 1e-9;
/** A setting that takes so many times as long as ours says enough: the next, which takes longer, is not tried. */
const HOPELESS = 100;

/** Whether the next, more careful setting is worth measuring: none of these finds as much as ours, and the last was not hopelessly slow. */
export function goesOn(measured: readonly Measured[], oursRecall: number): boolean {
  const last = measured.at(-1);
  return last === undefined || (!reaches(last, oursRecall) && last.p50 < HOPELESS * last.oursP50);
}

/**
 * The least setting that finds as much as ours; where none does, the one that finds most, of several the least.
 *
 * @param measured - in the order of care, the least first
 */
export function atEqualRecall(measured: readonly Measured[], oursRecall: number): Choice {
  const enough = measured.find((one) => reaches(one, oursRecall));
  if (enough !== undefined) return { ...enough, reaches: true };
  const [first, ...others] = measured;
  if (first === undefined) throw new RangeError('expected at least one setting, found none');
  const most = others.reduce((best, one) => (one.recall > best.recall + EQUAL ? one : best), first);
  return { ...most, reaches: false };
}

function reaches({ recall }: Measured, oursRecall: number): boolean {
  return recall >= oursRecall - EQUAL;
}

/** Share of the first `wanted` products that are right which were found among the first `wanted` distinct ones; 1 where none is right. Several pictures of a product count once. */
export function recallOfPictures(found: readonly string[], truth: readonly string[], wanted: number): number {
  const right = truth.slice(0, wanted);
  const first = new Set([...new Set(found)].slice(0, wanted));
  return right.length === 0 ? 1 : right.filter((id) => first.has(id)).length / right.length;
}
