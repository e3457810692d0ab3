import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type AnnouncedServer, takeEmbeddedLock } from './embedded-lock.ts';
import { runEmbeddedThread } from './embedded-thread.ts';

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** The folder of its Unix socket, as `psql -h` and `pg` take it. */
  readonly socketFolder: string;
  /** Tells other processes of this user where the program that has it open answers. */
  announce(server: AnnouncedServer): Promise<void>;
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
  async function cleanUp(): Promise<void> {
    await sockets.remove();
    await lock.release();
  }
  try {
    const thread = await runEmbeddedThread({
      databaseFolder: join(folder, 'postgres'),
      socketPath: join(sockets.folder, SOCKET_NAME),
      maxConnections: MAX_CONNECTIONS,
      idleInTransactionMs: IDLE_IN_TRANSACTION_MS,
    });
    return { socketFolder: sockets.folder, announce: lock.announce, stop: () => thread.stop().finally(cleanUp) };
  } catch (error) {
    await cleanUp();
    throw error;
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
