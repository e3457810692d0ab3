import { quantile } from '../benchmark.ts';

/** The same work, done several times. */
export interface Turns {
  /** Median, in milliseconds. */
  readonly medianMs: number;
  /** The fastest: what other programs disturbed least. */
  readonly fastestMs: number;
  /** Processor time of the cheapest, all threads of this process. */
  readonly processorMs: number;
}

/** Short work is repeated until it has taken this long, in all turns together. */
const LEAST_MS = 500;

/**
 * Does the work once unmeasured, and then so many times.
 *
 * @param atLeast - turns, at least 1; more where the work is short
 */
export async function timeTurns(atLeast: number, work: () => Promise<unknown>): Promise<Turns> {
  await work();
  const wall: number[] = [];
  const processor: number[] = [];
  const end = performance.now() + LEAST_MS;
  while (wall.length < atLeast || performance.now() < end) {
    const before = process.cpuUsage();
    const begun = performance.now();
    await work();
    wall.push(performance.now() - begun);
    const { user, system } = process.cpuUsage(before);
    processor.push((user + system) / 1000);
  }
  return { medianMs: quantile(wall, 0.5), fastestMs: least(wall), processorMs: least(processor) };
}

/** Without spreading: short work has more turns than a call may have arguments. */
function least(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value));
}
