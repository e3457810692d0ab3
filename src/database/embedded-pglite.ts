import { randomUUID } from 'node:crypto';
import { existsSync, fsyncSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Extension, PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { SESSION_OPTIONS } from './session-settings.ts';

/** The part of Emscripten's runtime that is completed here: its NODEFS, whose files are Node.js file descriptors (`nfd`), cannot fsync. */
interface EmscriptenRuntime {
  readonly FS: {
    readonly filesystems: { readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { nfd: number }) => number } } };
  };
}

/** Gives PGlite's file system fsync, so that a commit is on the disk when it returns. docs/decisions/0001-embedded-socket.md has the cost. */
const durableFiles: Extension = {
  name: 'durable files',
  setup: async (_pglite, emscriptenOptions) => ({
    emscriptenOpts: {
      ...emscriptenOptions,
      preRun: [
        ...emscriptenOptions.preRun,
        (runtime: EmscriptenRuntime) => {
          runtime.FS.filesystems.NODEFS.stream_ops.fsync = ({ nfd }) => {
            fsyncSync(nfd);
            return 0;
          };
        },
      ],
    },
  }),
};

const EXTENSIONS = { vector, pg_trgm, durableFiles };

/** PGlite's own (a single session, no workers), but with fsync; by fsync and not fdatasync, which Emscripten answers without doing anything. */
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'wal_sync_method=fsync'],
  // It takes none from connections. Besides, there is no JIT in WebAssembly: saying so keeps the planner from counting on it.
  ...SESSION_OPTIONS,
];

/** Opens the PostgreSQL data folder, and makes it first where there is none. The folder above must exist. */
export async function openPglite(databaseFolder: string): Promise<PGlite> {
  if (!existsSync(databaseFolder)) await initialise(databaseFolder);
  return PGlite.create(databaseFolder, { extensions: EXTENSIONS, startParams: [...START_PARAMETERS] });
}

/** Makes a new data folder beside and renames it, so that a kill in between leaves nothing half-made under the right name. */
async function initialise(databaseFolder: string): Promise<void> {
  const parent = dirname(databaseFolder);
  const prefix = `${basename(databaseFolder)}.new-`;
  const leftovers = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  await Promise.all(leftovers.map((name) => rm(join(parent, name), { recursive: true })));

  const unfinished = join(parent, `${prefix}${randomUUID()}`);
  const pglite = await PGlite.create(unfinished, { extensions: EXTENSIONS });
  await pglite.close();
  await syncTree(unfinished);
  await rename(unfinished, databaseFolder);
  await syncPath(parent);
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) await syncPath(join(folder, entry));
  await syncPath(folder);
}

/** @param path - of a file or a folder: a folder's names are on the disk only once it is synced itself */
async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
