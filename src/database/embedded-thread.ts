import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { startThread } from '../worker-thread.ts';
import type { EmbeddedWorkerData, EmbeddedWorkerMessage } from './embedded-worker.ts';

/** What the events of a thread have told. */
interface ThreadState {
  readonly worker: Worker;
  failure: unknown;
  ended: boolean;
}

/**
 * Runs the embedded PostgreSQL in a thread. If it ends itself (a FATAL error, no memory left) it is started again, recovers from its
 * write-ahead log as after any crash, and a process warning says so; statements under way fail with DATABASE_UNAVAILABLE.
 *
 * @throws AppError DATABASE_UNAVAILABLE if it does not start
 */
export async function runEmbeddedThread(data: EmbeddedWorkerData): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let current = startWatched();

  async function startWatched(): Promise<ThreadState> {
    const state = await start(data);
    state.worker.once('exit', () => {
      if (stopping) return;
      process.emitWarning('the embedded PostgreSQL ended itself and is started again', {
        detail: String(state.failure),
      });
      current = startWatched();
      current.catch((error: unknown) => process.emitWarning(String(error)));
    });
    return state;
  }

  await current;
  return {
    async stop() {
      stopping = true;
      await current.then(stop, () => {}); // one that could not be started again has been warned of, and needs no stopping
    },
  };
}

async function start(data: EmbeddedWorkerData): Promise<ThreadState> {
  // The socket of a process that was killed stays behind; the lock says that nobody uses it.
  await rm(data.socketPath, { force: true });
  const worker = startThread('./embedded-worker', import.meta.url, { name: 'embedded-postgres', workerData: data });
  const state: ThreadState = { worker, failure: undefined, ended: false };
  worker.on('error', (error) => {
    state.failure = error;
  });
  worker.on('message', (message: EmbeddedWorkerMessage) => {
    if (message.kind === 'lost') state.failure = message.reason;
  });
  worker.once('exit', () => {
    state.ended = true;
  });
  try {
    await nextMessage(state, 'ready');
    return state;
  } catch (error) {
    throw new AppError('DATABASE_UNAVAILABLE', `the embedded PostgreSQL did not start on ${data.databaseFolder}`, {
      cause: error,
    });
  }
}

async function stop(state: ThreadState): Promise<void> {
  if (state.ended) return;
  state.worker.postMessage('close');
  await nextMessage(state, 'closed');
  await state.worker.terminate();
}

/** Rejects if the thread ends instead. */
async function nextMessage(state: ThreadState, expected: EmbeddedWorkerMessage['kind']): Promise<void> {
  const settled = new AbortController();
  const ended = once(state.worker, 'exit', settled).then(() => {
    throw new Error('the thread of the embedded PostgreSQL ended', { cause: state.failure });
  });
  const message = once(state.worker, 'message', settled).then(([said]) => {
    const { kind } = said as EmbeddedWorkerMessage;
    if (kind !== expected) throw new Error(`expected ${expected}, found ${kind}`);
  });
  try {
    await Promise.race([message, ended]);
  } finally {
    ended.catch(() => {}); // the one that is not waited for any more ends with an AbortError
    message.catch(() => {});
    settled.abort();
  }
}
