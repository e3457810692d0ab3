import type { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { startThread } from '../worker-thread.ts';
import type { FromThread, ToThread, TowerInput, TowerOptions, WorkerData } from './inference-messages.ts';
import { createRunFlag, forgetRunFlag } from './run-flag.ts';

/** One worker thread with one tower loaded. */
export interface InferenceThread {
  /**
   * One batch at a time.
   *
   * @returns one vector [dimensions] for each input, not normalised
   * @throws ThreadDied; AppError MODEL_INVALID when the model cannot run
   */
  encode(batch: readonly TowerInput[]): Promise<Float32Array[]>;
  /** Lets the running batch finish, then ends the thread. */
  end(): Promise<void>;
}

/** The thread ended before it answered; the work may be tried again in another one. */
export class ThreadDied extends Error {
  constructor(path: string, cause?: unknown) {
    super(`the thread that encodes with ${path} ended in the middle of its work`, { cause });
    this.name = 'ThreadDied';
  }
}

const startWorker = (workerData: WorkerData): Worker =>
  startThread('./inference-worker', import.meta.url, { workerData });

/**
 * Starts a worker thread, which loads and tries the tower.
 *
 * @throws AppError MODEL_INVALID with the file and what was expected; ThreadDied
 */
export async function startInferenceThread(options: TowerOptions, start = startWorker): Promise<InferenceThread> {
  const runFlag = createRunFlag();
  const worker = start({ options, runFlag });
  let answer: ((message: FromThread) => void) | undefined;
  let giveUp: ((reason: ThreadDied) => void) | undefined;
  let crash: unknown;
  let dead = false;
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      dead = true;
      forgetRunFlag(runFlag);
      giveUp?.(new ThreadDied(options.path, crash));
      resolve();
    });
  });
  worker.on('error', (error) => {
    crash = error;
  });
  worker.on('message', (message: FromThread) => answer?.(message));

  async function nextMessage(): Promise<Exclude<FromThread, { problem: string }>> {
    const message = await new Promise<FromThread>((resolve, reject) => {
      if (dead) reject(new ThreadDied(options.path, crash));
      answer = resolve;
      giveUp = reject;
    }).finally(() => {
      answer = undefined;
      giveUp = undefined;
    });
    if (typeof message === 'object' && 'problem' in message) {
      throw new AppError('MODEL_INVALID', `${options.path}: ${message.problem}`);
    }
    return message;
  }

  await nextMessage();
  return {
    async encode(batch) {
      // Copied, not transferred: should the thread die, the work is still here to be tried again.
      worker.postMessage({ batch } satisfies ToThread);
      const message = await nextMessage();
      if (message === 'ready') throw new ThreadDied(options.path);
      const { vectors } = message;
      const { dimensions } = options;
      return batch.map((_, item) => vectors.subarray(item * dimensions, (item + 1) * dimensions));
    },
    async end() {
      worker.postMessage('end' satisfies ToThread);
      await exited;
    },
  };
}
