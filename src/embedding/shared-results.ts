import { LRUCache } from 'lru-cache';

/**
 * Keeps the newest results, and lets those who ask for the same thing at the same time share one answer.
 *
 * A caller who gives up (signal) leaves the work to the others; the work is given up when the last one has.
 */
export interface SharedResults<Result> {
  /**
   * @param work - started when the result is neither kept nor on its way; its signal is aborted when nobody waits any more
   * @throws what `work` throws, which is not kept; the caller's signal's reason
   */
  get(key: string, work: (signal: AbortSignal) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}

interface Flight<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  waiting: number;
}

/** @param max - how many results are kept, the least recently used dropped first */
export function createSharedResults<Result extends object>(max: number): SharedResults<Result> {
  const kept = new LRUCache<string, Result>({ max });
  const flights = new Map<string, Flight<Result>>();

  function start(key: string, work: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const controller = new AbortController();
    const result = work(controller.signal);
    const flight = { result, controller, waiting: 0 };
    flights.set(key, flight);
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    result.then((value) => {
      kept.set(key, value);
      land();
    }, land);
    return flight;
  }

  return {
    async get(key, work, signal) {
      signal?.throwIfAborted();
      const known = kept.get(key);
      if (known) return known;
      const flight = flights.get(key) ?? start(key, work);
      flight.waiting++;
      try {
        return await (signal ? untilAborted(flight.result, signal) : flight.result);
      } finally {
        flight.waiting--;
        if (flight.waiting === 0 && flights.get(key) === flight) {
          flights.delete(key);
          flight.controller.abort();
        }
      }
    },
  };
}

function untilAborted<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
