import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { EncodePriority } from './embedder.ts';
import type { TowerInput, TowerOptions } from './inference-messages.ts';
import { type InferenceThread, startInferenceThread, ThreadDied } from './inference-thread.ts';
import { createWorkQueue } from './work-queue.ts';

/** Threads that share the work for one tower. */
export interface InferencePool {
  /**
   * @returns one vector [dimensions], not normalised
   * @throws AppError ENCODER_OVERLOADED when the queue is full; MODEL_NOT_READY when a thread died over this work twice,
   *   cannot be started again, or the pool is closed; MODEL_INVALID when the model cannot run. The signal's reason when
   *   it is aborted while the work waits
   */
  encode(
    input: TowerInput,
    options: { priority: EncodePriority; signal?: AbortSignal | undefined },
  ): Promise<Float32Array>;
  /** Ends the threads after the batches that run; what waits is rejected with MODEL_NOT_READY. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly tower: TowerOptions;
  /** Threads, each with the tower loaded. */
  readonly size: number;
  /** Whether inputs may share a run. */
  readonly batched: boolean;
  /** How many inputs may wait, for each priority. */
  readonly maxWaiting: number;
  /** (a worker thread) */
  readonly startThread?: (options: TowerOptions) => Promise<InferenceThread>;
  /** Before another attempt, when a thread could not be started in the place of one that died (1000). */
  readonly restartAfterMs?: number;
}

interface Job {
  readonly input: TowerInput;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (reason: unknown) => void;
  /** How many threads have died over it. */
  deaths: number;
}

/** Larger batches were not faster, for any model measured here. */
const MAX_BATCH = 16;
/**
 * A batch cannot be interrupted, so this is about what a query waits for the one that runs. Hardly anything is lost by it: in
 * 50 ms lookgraph-mini encodes 7 pictures, at 7.5 ms of processor time each where 16 at once take 7.0 and one alone 9.5; CLIP
 * encodes one in 97 ms, where 4 at once take 90 each (one core, bench/embedding.bench.ts).
 */
const BATCH_MS = 50;
/** How much the newest batch counts in the running average of what an input costs. */
const NEWEST = 0.2;

/**
 * Starts the threads and waits until each has loaded the tower and encoded the sample.
 *
 * @throws AppError MODEL_INVALID
 */
export async function openInferencePool(options: PoolOptions): Promise<InferencePool> {
  const { tower, size, batched, maxWaiting, startThread = startInferenceThread, restartAfterMs = 1000 } = options;
  const queue = createWorkQueue<Job>(maxWaiting);
  let closed = false;
  let running = size;
  let msPerInput: number | undefined;

  /** How many inputs the next batch may have: one, until it is known what one costs. */
  function batchSize(): number {
    if (!batched || msPerInput === undefined) return 1;
    return Math.min(MAX_BATCH, Math.floor(BATCH_MS / msPerInput));
  }

  const threads = await startAll(() => startThread(tower), size);
  const served = Promise.all(threads.map(serve));

  async function serve(first: InferenceThread): Promise<void> {
    let thread: InferenceThread | undefined = first;
    for (;;) {
      const work = await queue.take(batchSize);
      if (work === undefined) break;
      const started = performance.now();
      try {
        const vectors = await thread.encode(work.jobs.map((job) => job.input));
        const cost = (performance.now() - started) / work.jobs.length;
        msPerInput = msPerInput === undefined ? cost : msPerInput + NEWEST * (cost - msPerInput);
        for (const [at, job] of work.jobs.entries()) job.resolve(vectors[at] as Float32Array);
      } catch (error) {
        if (error instanceof ThreadDied) {
          retryOrReject(work.jobs, work.priority, error);
          thread = await restart();
          if (thread === undefined) return;
        } else {
          for (const job of work.jobs) job.reject(error);
        }
      }
    }
    await thread.end();
  }

  function retryOrReject(jobs: readonly Job[], priority: EncodePriority, cause: ThreadDied): void {
    for (const job of jobs) job.deaths++;
    queue.putBack(
      jobs.filter((job) => job.deaths < 2 && !closed),
      priority,
    );
    const lost = jobs.filter((job) => job.deaths >= 2 || closed);
    for (const job of lost) job.reject(notReady('its thread ended in the middle of the work, twice', cause));
  }

  /** @returns undefined when the pool is closed before a thread could be started */
  async function restart(): Promise<InferenceThread | undefined> {
    running--;
    while (!closed) {
      try {
        const thread = await startThread(tower);
        running++;
        return thread;
      } catch (cause) {
        // Nobody is left to do what waits; those who asked hear it now and may ask again.
        if (running === 0) rejectWaiting(notReady('its threads ended and cannot be started again', cause));
        await sleep(restartAfterMs);
      }
    }
    return undefined;
  }

  function rejectWaiting(reason: AppError): void {
    for (const job of queue.drain()) job.reject(reason);
  }

  return {
    encode(input, { priority, signal }) {
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (closed) throw notReady('it is closed');
        const settle =
          <Result>(settled: (result: Result) => void) =>
          (result: Result) => {
            signal?.removeEventListener('abort', drop);
            settled(result);
          };
        const job: Job = { input, resolve: settle(resolve), reject: settle(reject), deaths: 0 };
        const drop = () => {
          if (queue.remove(job)) reject(signal?.reason);
        };
        queue.push(job, priority);
        signal?.addEventListener('abort', drop, { once: true });
      });
    },
    async close() {
      closed = true;
      for (const job of queue.close()) job.reject(notReady('it is closed'));
      await served;
    },
  };
}

/** All or none: when one thread cannot start, the others are ended. */
async function startAll(start: () => Promise<InferenceThread>, size: number): Promise<InferenceThread[]> {
  const started = await Promise.allSettled(Array.from({ length: size }, start));
  const threads = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await Promise.all(threads.map((thread) => thread.end()));
    throw failed.reason;
  }
  return threads;
}

function notReady(why: string, cause?: unknown): AppError {
  return new AppError('MODEL_NOT_READY', `the encoder cannot answer: ${why}`, { cause });
}
