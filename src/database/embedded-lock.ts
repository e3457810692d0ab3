import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { identifyThisProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

/** A lock that this process holds until it releases it or ends. */
export interface Lock {
  /** Tells other processes of this user where the holder answers. */
  announce(server: AnnouncedServer): Promise<void>;
  /** May be called twice. */
  release(): Promise<void>;
}

/** A server that has the embedded database open. */
export interface AnnouncedServer {
  /** Of this machine: `http://127.0.0.1:4000`. */
  readonly address: string;
  /** Who knows it may read the folder of the database, and so may do what the server's own user may. */
  readonly token: string;
}

/** What a lock file says, which its user alone may read. Each taking has another id. */
interface LockFile extends ProcessIdentity {
  readonly id: string;
  readonly server?: AnnouncedServer;
}

/** In place of an id, for a file that cannot be read as one: emptied by a power failure, or somebody else's. Its holder has ended. */
const UNREADABLE = 'unreadable';

/**
 * Takes the exclusive lock on a data folder: the file `lock` in it. PGlite has none of its own, and two processes on one folder destroy it
 * (electric-sql/pglite#1106). A holder that runs is never robbed; the lock of one that has ended is taken over.
 *
 * @throws AppError DATABASE_LOCKED, naming program and pid of the holder
 */
export async function takeEmbeddedLock(folder: string): Promise<Lock> {
  const lock = await takeLock(join(folder, 'lock'));
  await sweepDrafts(folder);
  return lock;
}

/** `lock.` and an id: a lock that is being taken or announced. */
const DRAFT = /^lock\.[\da-f-]{36}$/;

/** Removes what processes left that were killed while they took or announced the lock. */
async function sweepDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!DRAFT.test(name)) continue;
    const draft = await readLock(join(folder, name));
    // One that cannot be read may be about to be written.
    if (draft !== undefined && draft !== UNREADABLE && !isRunning(draft)) await rm(join(folder, name), { force: true });
  }
}

/** The server that has the embedded database of a folder open; undefined where none has, or it does not listen (yet). */
export async function findEmbeddedServer(folder: string): Promise<AnnouncedServer | undefined> {
  const holder = await readLock(join(folder, 'lock'));
  if (holder === undefined || holder === UNREADABLE || holder.host !== hostname() || !isRunning(holder))
    return undefined;
  const { server } = holder;
  return typeof server?.address === 'string' && typeof server.token === 'string' ? server : undefined;
}

async function takeLock(path: string): Promise<Lock> {
  const mine: LockFile = { id: randomUUID(), ...identifyThisProcess() };
  // Written beside and then linked, so that nobody ever reads half a lock file.
  const draft = `${path}.${mine.id}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    while (!(await linkIfFree(draft, path))) {
      const holder = await readLock(path);
      if (holder === undefined) continue; // released in this moment
      if (holder !== UNREADABLE && isRunning(holder)) throw lockedBy(holder, path);
      if (await replaceStale(path, idOf(holder), draft)) break;
    }
  } finally {
    await rm(draft, { force: true });
  }
  return {
    async announce(server) {
      const holder = await readLock(path);
      if (holder === undefined || idOf(holder) !== mine.id) return;
      await writeFile(draft, JSON.stringify({ ...mine, server }), { mode: 0o600 });
      await rename(draft, path);
    },
    async release() {
      const holder = await readLock(path);
      if (holder !== undefined && idOf(holder) === mine.id) await rm(path);
    },
  };
}

/**
 * Puts the draft in the place of a lock whose holder has ended; false if another process did so first.
 *
 * Several may find it stale at once, and one that looked long ago must not remove what another has put there since. So whoever replaces
 * the lock with this id first takes a lock on doing that, and looks again.
 */
async function replaceStale(path: string, staleId: string, draft: string): Promise<boolean> {
  const claim = await takeLock(`${path}.${staleId}.claim`);
  try {
    const holder = await readLock(path);
    if (holder === undefined || idOf(holder) !== staleId) return false;
    await rename(draft, path);
    return true;
  } finally {
    await claim.release();
  }
}

/** Like opening with O_EXCL, but with the content there at once. */
async function linkIfFree(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function readLock(path: string): Promise<LockFile | typeof UNREADABLE | undefined> {
  try {
    return parseLock(await readFile(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseLock(text: string): LockFile | typeof UNREADABLE {
  try {
    const lock = JSON.parse(text) as Partial<LockFile> | null;
    // The id becomes part of a file name.
    const complete =
      typeof lock?.pid === 'number' && typeof lock.host === 'string' && /^[\da-f-]{36}$/.test(lock.id ?? '');
    return complete ? (lock as LockFile) : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

function idOf(holder: LockFile | typeof UNREADABLE): string {
  return holder === UNREADABLE ? UNREADABLE : holder.id;
}

function lockedBy(holder: LockFile, path: string): AppError {
  const where =
    holder.host === hostname()
      ? 'stop that one first, or set DATABASE_URL to a PostgreSQL server, which takes many'
      : `on the host ${holder.host}; if it has ended, delete ${path}`;
  return new AppError(
    'DATABASE_LOCKED',
    `the embedded database is open in process ${holder.pid} (${holder.program}); ${where}`,
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
