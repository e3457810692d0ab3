import { AppError } from '../errors.ts';

/** Runs work with so much under way at once and so much waiting; the rest is refused. */
export type BoundedQueue = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * @param options.what - in the plural, for the refusal: `pictures`
 * @throws (the queue) AppError SERVER_OVERLOADED when as many wait as may
 */
export function createBoundedQueue(options: { what: string; concurrency: number; waiting: number }): BoundedQueue {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (work) => {
    if (running >= options.concurrency) {
      if (waiting.length >= options.waiting) {
        throw new AppError(
          'SERVER_OVERLOADED',
          `${waiting.length} ${options.what} are waiting already; try again soon`,
        );
      }
      // Whoever ends hands its place on, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
