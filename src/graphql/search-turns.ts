import { badInput } from '../errors.ts';
import { createLimiter } from '../limiter.ts';

/** Searches in one operation: a page of 24 products with what is similar to each, and some more. */
export const MAX_SEARCHES = 30;

/** Takes the searches of one operation a few at a time. How many there are, only its run tells: "similar" is asked of each product of a list. */
export interface SearchTurns {
  /** Counts a search and runs it when it is its turn. @throws AppError BAD_USER_INPUT past MAX_SEARCHES */
  readonly search: <T>(work: () => Promise<T>) => Promise<T>;
  /** Runs what belongs to a search that was counted: its counts, facets. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * @param atOnce - searches that run at the same time
 * @param signal - once it is aborted, what still waits is not begun
 */
export function createSearchTurns(atOnce: number, signal: AbortSignal): SearchTurns {
  let searches = 0;
  const turns = createLimiter({ atOnce });

  function refuseTooMany(): void {
    if (searches > MAX_SEARCHES) {
      throw badInput(
        'query',
        `at most ${MAX_SEARCHES} searches in one operation ("similar" is one for each product)`,
        searches,
      );
    }
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    return turns.run(async () => {
      signal.throwIfAborted();
      // A list that asks for too many fails as a whole: what waits would be searched for nobody.
      refuseTooMany();
      return work();
    });
  }

  return {
    inTurn,
    search: async (work) => {
      searches++;
      refuseTooMany();
      return inTurn(work);
    },
  };
}
