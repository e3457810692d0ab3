import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';

const EXTENSIONS = { vector, pg_trgm };

/** PGlite's own, plus ours. */
const START_PARAMETERS = [...PGlite.defaultStartParams, '-c', 'jit=off'];

/** Opens the PostgreSQL data folder, and makes it first where there is none. The folder above must exist. */
export async function openPglite(databaseFolder: string): Promise<PGlite> {
  if (!existsSync(databaseFolder)) await initialise(databaseFolder);
  return PGlite.create(databaseFolder, { extensions: EXTENSIONS, startParams: START_PARAMETERS });
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
  await rename(unfinished, databaseFolder);
}
