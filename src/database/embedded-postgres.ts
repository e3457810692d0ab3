import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { startThread } from '../worker-thread.ts';
import { takeEmbeddedLock } from './embedded-lock.ts';
import type { EmbeddedWorkerData, EmbeddedWorkerMessage } from './embedded-worker.ts';

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** The folder of its Unix socket, as `psql -h` and `pg` take it. */
  readonly socketFolder: string;
  /** Closes it cleanly and gives up the lock. */
  stop(): Promise<void>;
}

/** Ours is one; the rest is for psql and tools. */
const MAX_CONNECTIONS = 20;
const IDLE_IN_TRANSACTION_MS = 60_000;
/** The name that libpq expects in the folder given as host, for port 5432. */
const SOCKET_NAME = '.s.PGSQL.5432';
/** The address of a Unix socket holds 108 bytes on Linux and 104 on macOS. */
const MAX_SOCKET_PATH_BYTES = 100;

/**
 * Starts PostgreSQL (PGlite) in a thread of its own on `<dataFolder>/postgres`.
 *
 * @throws AppError DATABASE_LOCKED if another process has it open; DATABASE_UNAVAILABLE if it cannot be started
 */
export async function startEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const folder = resolve(dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await takeEmbeddedLock(folder);
  const sockets = await chooseSocketFolder(folder);
  try {
    const worker = await startWorker({
      databaseFolder: join(folder, 'postgres'),
      socketPath: join(sockets.folder, SOCKET_NAME),
      maxConnections: MAX_CONNECTIONS,
      idleInTransactionMs: IDLE_IN_TRANSACTION_MS,
    });
    return {
      socketFolder: sockets.folder,
      async stop() {
        await stopWorker(worker);
        await sockets.remove();
        await lock.release();
      },
    };
  } catch (error) {
    await sockets.remove();
    await lock.release();
    throw error;
  }
}

async function startWorker(data: EmbeddedWorkerData): Promise<Worker> {
  // The socket of a process that was killed stays behind; the lock says that nobody uses it.
  await rm(data.socketPath, { force: true });
  const worker = startThread('./embedded-worker', import.meta.url, { name: 'embedded-postgres', workerData: data });
  try {
    await nextMessage(worker, 'ready');
    return worker;
  } catch (error) {
    throw new AppError('DATABASE_UNAVAILABLE', `the embedded PostgreSQL did not start on ${data.databaseFolder}`, {
      cause: error,
    });
  }
}

async function stopWorker(worker: Worker): Promise<void> {
  worker.postMessage('close');
  await nextMessage(worker, 'closed');
  await worker.terminate();
}

async function nextMessage(worker: Worker, expected: EmbeddedWorkerMessage): Promise<void> {
  const exited = new AbortController();
  const stopped = once(worker, 'exit', { signal: exited.signal }).then(([code]) => {
    throw new Error(`the thread of the embedded PostgreSQL ended with ${code}`);
  });
  try {
    const [message] = await Promise.race([once(worker, 'message', { signal: exited.signal }), stopped]);
    if (message !== expected) throw new Error(`expected ${expected}, found ${String(message)}`);
  } finally {
    stopped.catch(() => {});
    exited.abort();
  }
}

async function chooseSocketFolder(dataFolder: string): Promise<{ folder: string; remove(): Promise<void> }> {
  if (Buffer.byteLength(join(dataFolder, SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES) {
    return { folder: dataFolder, remove: () => rm(join(dataFolder, SOCKET_NAME), { force: true }) };
  }
  const folder = await mkdtemp(join(tmpdir(), 'lookgraph-'));
  await chmod(folder, 0o700);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
