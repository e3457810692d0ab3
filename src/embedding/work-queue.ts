import { AppError } from '../errors.ts';
import type { EncodePriority } from './embedder.ts';

/**
 * Work that waits for a free hand: two lines, of which the one of queries is always served first. No limiter (src/limiter.ts): hands take several jobs at
 * a time, as many as are worth a batch by then, and put back what a thread died over.
 */
export interface WorkQueue<Job> {
  /** How many wait, in both lines. */
  readonly size: number;
  /** @throws AppError ENCODER_OVERLOADED when `limit` wait in this line already */
  push(job: Job, priority: EncodePriority): void;
  /** Puts work that was taken in vain back to the head of its line, whatever the limit. */
  putBack(jobs: readonly Job[], priority: EncodePriority): void;
  /** Takes a job out before its turn; false when it is not waiting (any more). */
  remove(job: Job): boolean;
  /**
   * Waits for work and takes up to `most()` jobs of one line, in the order they came. `most` is asked when there is work.
   *
   * @returns undefined once the queue is closed
   */
  take(most: () => number): Promise<{ jobs: Job[]; priority: EncodePriority } | undefined>;
  /** Takes everything out, in both lines. */
  drain(): Job[];
  /** Ends all waiting in `take`, and returns the work that was not taken. */
  close(): Job[];
}

/** @param waiting - how many wait already */
export function queueFull(waiting: number): AppError {
  return new AppError('ENCODER_OVERLOADED', `the encoder's queue is full: ${waiting} waiting; try again`);
}

/** @param limit - how many may wait in each line, so that an import cannot fill up the place of queries */
export function createWorkQueue<Job>(limit: number): WorkQueue<Job> {
  const lines: Record<EncodePriority, Job[]> = { query: [], import: [] };
  let idle: (() => void)[] = [];
  let closed = false;
  const drain = () => [...lines.query.splice(0), ...lines.import.splice(0)];
  const wakeAll = () => {
    const waiting = idle;
    idle = [];
    for (const wake of waiting) wake();
  };

  return {
    get size() {
      return lines.query.length + lines.import.length;
    },
    push(job, priority) {
      const line = lines[priority];
      if (line.length >= limit) {
        throw queueFull(line.length);
      }
      line.push(job);
      // Those who take look into the queue only after the caller's turn, so calls made in one turn share a batch.
      idle.shift()?.();
    },
    putBack(jobs, priority) {
      lines[priority].unshift(...jobs);
      wakeAll();
    },
    remove(job) {
      return [lines.query, lines.import].some((line) => {
        const at = line.indexOf(job);
        if (at >= 0) line.splice(at, 1);
        return at >= 0;
      });
    },
    async take(most) {
      while (!closed) {
        const priority = lines.query.length > 0 ? 'query' : 'import';
        const jobs = lines[priority].splice(0, lines[priority].length > 0 ? Math.max(1, most()) : 0);
        if (jobs.length > 0) {
          // Another hand may have been woken for what is left.
          if (lines.query.length + lines.import.length > 0) idle.shift()?.();
          return { jobs, priority };
        }
        await new Promise<void>((resolve) => idle.push(resolve));
      }
      return undefined;
    },
    drain,
    close() {
      closed = true;
      wakeAll();
      return drain();
    },
  };
}
