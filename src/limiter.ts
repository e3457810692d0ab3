/** Lets a few callers in at a time; the others wait in two lines. */
export interface Limiter {
  /**
   * Runs the work once there is a place for it.
   *
   * @throws what `enter` and the work throw
   */
  run<Result>(work: () => Promise<Result>, options?: WaitingOptions): Promise<Result>;
  /**
   * Waits for a place.
   *
   * @returns gives the place back; calling it again does nothing
   * @throws the bound's refusal when too many wait; the signal's reason when it is aborted before there is a place
   */
  enter(options?: WaitingOptions): Promise<() => void>;
}

export interface WaitingOptions {
  /** (false) in the second line, whose callers get a place only when nobody waits in the first */
  readonly later?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface LimiterOptions {
  /** How many have a place, 1 or more. */
  readonly atOnce: number;
  /** (none) How many may wait in each line, and what a caller beyond them is told. */
  readonly bound?: { readonly waiting: number; readonly refusal: (waiting: number) => Error };
}

/** First come, first served within a line. */
export function createLimiter({ atOnce, bound }: LimiterOptions): Limiter {
  const first: (() => void)[] = [];
  const second: (() => void)[] = [];
  let free = atOnce;

  /** @returns undefined when there is a place at once: work then begins without giving way */
  function takePlace({ later = false, signal }: WaitingOptions): Promise<void> | undefined {
    signal?.throwIfAborted();
    if (free === 0) return waitIn(later ? second : first, signal);
    free--;
    return undefined;
  }

  function waitIn(line: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (bound && line.length >= bound.waiting) throw bound.refusal(line.length);
      const drop = () => {
        line.splice(line.indexOf(admit), 1);
        reject(signal?.reason);
      };
      const admit = () => {
        signal?.removeEventListener('abort', drop);
        resolve();
      };
      line.push(admit);
      signal?.addEventListener('abort', drop, { once: true });
    });
  }

  /** Hands the place on, so that nobody who comes later can take it, or leaves it free. */
  function leave(): void {
    const admit = first.shift() ?? second.shift();
    if (admit) admit();
    else free++;
  }

  return {
    async enter(options = {}) {
      await takePlace(options);
      let left = false;
      return () => {
        if (!left) leave();
        left = true;
      };
    },
    async run(work, options = {}) {
      const wait = takePlace(options);
      if (wait) await wait;
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

/**
 * Like `Promise.all(items.map(work))` with at most `atOnce` of them under way. After the first failure nothing more is begun; what is under
 * way is waited for, then the failure is thrown.
 *
 * @param atOnce - 1 or more
 * @returns results in the order of the items
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const limiter = createLimiter({ atOnce });
  const failures: unknown[] = [];
  const results = items.map((item, index) =>
    limiter.run(async () => {
      if (failures.length > 0) throw failures[0];
      try {
        return await work(item, index);
      } catch (error) {
        failures.push(error);
        throw error;
      }
    }),
  );
  await Promise.allSettled(results);
  if (failures.length > 0) throw failures[0];
  return Promise.all(results);
}
