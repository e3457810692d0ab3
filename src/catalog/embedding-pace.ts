// How much of an embedding run is under way at once.
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../errors.ts';

/** Rows that a query for work gives. */
export const WORK_A_PAGE = 512;

/** Encodes under way: enough to fill the batches of several worker threads, a quarter of the embedder's queue, so that queries find room in it. */
export const ENCODES_AT_ONCE = 64;

/** Vectors in one statement: some 50 ms of writing, a few hundred kilobytes. */
export const VECTORS_A_WRITE = 128;

/** While one is written the next is put together. */
export const WRITES_AT_ONCE = 2;

const OVERLOAD_PAUSE_MS = 100;

/** Does `encode`, again and again while the embedder's queue is full: an import has time. Ends with the signal's reason when that is aborted. */
export async function whenNotOverloaded<T>(encode: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    try {
      return await encode();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ENCODER_OVERLOADED') throw error;
    }
    await wait(OVERLOAD_PAUSE_MS);
    signal?.throwIfAborted();
  }
}
