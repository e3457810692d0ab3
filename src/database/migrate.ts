import { type Kysely, sql, type Transaction } from 'kysely';
import { AppError } from '../errors.ts';
import {
  type AppliedSchema,
  createMigrationTable,
  forgetMigrations,
  lockSchema,
  readAppliedSchema,
  recordMigration,
  recordScript,
} from './applied-schema.ts';
import { atLeisure } from './at-leisure.ts';
import { PROGRAM_SCHEMA, readSchemaFiles, type SchemaFile, type SchemaSource } from './schema-files.ts';
import type { Database } from './tables.ts';

/** The migrations that those of today up to `drawnTogether` were made of; test/fixtures/schema-0023 has them. */
const FORMER = {
  first: '0001_catalog',
  last: '0023_two_thresholds',
  count: 19,
  drawnTogether: '0007_analytics',
  commit: 'b8d6655',
} as const;

/** One file to apply, and how to write down that it was. */
interface Step extends Pick<SchemaFile, 'text'> {
  /** Its path below migrations/ or sql/, without `.sql`: `0001_products`, `functions/20_words`. */
  readonly name: string;
  record(transaction: Transaction<Database>): Promise<unknown>;
}

/**
 * Brings the database to the state that this program expects: migrations, then the scripts of sql/functions that are new or have changed. All in one transaction
 * under a lock, so any number of processes may call it at once, and a failure leaves nothing behind.
 *
 * Servers of an older program may be running, and go on. So a script replaces and never drops; what must take or return something else gets a new name, and a
 * migration drops the old one when no server calls it any more. A program that is older than the scripts in the database leaves them as they are.
 *
 * @returns what was applied now, in order: `0001_products`, `functions/20_words`; empty if there was nothing to do
 * @throws AppError DATABASE_UNSUITABLE if the database was migrated by a newer program, or by one that is too old to go on from
 * @throws Error that names the file whose statements failed; its cause is PostgreSQL's error
 */
export async function migrateToLatest(db: Kysely<Database>, schema: SchemaSource = PROGRAM_SCHEMA): Promise<string[]> {
  // Nothing, at almost every start, and to see that takes no lock.
  if ((await pendingSteps(db, schema)).length === 0) return [];
  // Rewriting a large table takes longer than any search may, and so does waiting for another program to do it.
  return atLeisure(db, async (transaction) => {
    await lockSchema().execute(transaction);
    await createMigrationTable().execute(transaction);
    // Whoever had the lock before may have done it all.
    const steps = await pendingSteps(transaction, schema);
    for (const step of steps) {
      await applyStep(transaction, step);
      await step.record(transaction);
    }
    return steps.map(({ name }) => name);
  });
}

/**
 * What migrateToLatest would apply. Changes nothing.
 *
 * @throws AppError DATABASE_UNSUITABLE as migrateToLatest
 */
export async function pendingMigrations(
  db: Kysely<Database>,
  schema: SchemaSource = PROGRAM_SCHEMA,
): Promise<string[]> {
  return (await pendingSteps(db, schema)).map(({ name }) => name);
}

async function pendingSteps(db: Kysely<Database>, schema: SchemaSource): Promise<Step[]> {
  const applied = await readAppliedSchema(db);
  const migrations = await readSchemaFiles(schema.migrations);
  const upgrade = applied.migrations.includes(FORMER.first) ? await upgradeStep(applied.migrations, schema) : undefined;
  const done = upgrade?.standsFor ?? applied.migrations;
  refuseNewerDatabase(done, migrations);
  return [
    ...(upgrade === undefined ? [] : [upgrade]),
    ...migrations
      .filter(({ name }) => !done.includes(name))
      .map(({ name, text }): Step => ({ name, text, record: (on) => recordMigration(name, new Date()).execute(on) })),
    ...changedScripts(await readSchemaFiles(schema.functions), applied, schema.version).map(
      (script): Step => ({
        name: `functions/${script.name}`,
        text: script.text,
        record: (on) => recordScript(script, schema.version).execute(on),
      }),
    ),
  ];
}

/**
 * From the former migrations to those that they were drawn together in.
 *
 * @throws AppError DATABASE_UNSUITABLE unless the database has had all of the former ones, and no other
 */
async function upgradeStep(
  applied: readonly string[],
  { migrations }: SchemaSource,
): Promise<Step & { standsFor: string[] }> {
  const last = applied.at(-1);
  if (last !== FORMER.last || applied.length !== FORMER.count) {
    throw new AppError(
      'DATABASE_UNSUITABLE',
      `the database was migrated by an older Lookgraph than this one goes on from: expected ${FORMER.count} migrations up to ${FORMER.last}, found ${applied.length} up to ${last}; start Lookgraph of commit ${FORMER.commit} on it once`,
    );
  }
  const upgrade = (await readSchemaFiles(new URL('upgrade/', migrations))).find(({ name }) => name === FORMER.last);
  if (upgrade === undefined) throw new Error(`expected migrations/upgrade/${FORMER.last}.sql, found none`);
  const standsFor = (await readSchemaFiles(migrations))
    .map(({ name }) => name)
    .filter((name) => name <= FORMER.drawnTogether);
  return {
    name: `upgrade/${FORMER.last}`,
    text: upgrade.text,
    standsFor,
    async record(on) {
      await forgetMigrations().execute(on);
      for (const name of standsFor) await recordMigration(name, new Date()).execute(on);
    },
  };
}

/** None where a newer program has been: its functions serve this one, too, and servers of it may be running. */
function changedScripts(
  scripts: readonly SchemaFile[],
  { scripts: applied }: AppliedSchema,
  version: string,
): SchemaFile[] {
  const isOlder = [...applied.values()].some((script) => isBefore(version, script.version));
  return isOlder ? [] : scripts.filter(({ name, hash }) => applied.get(name)?.hash !== hash);
}

/** Of versions as 0.10.1. */
function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0;
}

async function applyStep(transaction: Transaction<Database>, { name, text }: Step): Promise<void> {
  try {
    await sql.raw(text).execute(transaction);
  } catch (error) {
    // What the world did, a lost connection for one, is told as everywhere.
    if (error instanceof AppError || !(error instanceof Error)) throw error;
    throw new Error(`${name}.sql could not be applied, and nothing was: ${error.message}`, { cause: error });
  }
}

/** @throws AppError DATABASE_UNSUITABLE */
function refuseNewerDatabase(applied: readonly string[], known: readonly SchemaFile[]): void {
  const unknown = applied.filter((name) => !known.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new AppError(
      'DATABASE_UNSUITABLE',
      `the database was migrated by a newer Lookgraph: expected at most ${known.at(-1)?.name}, found ${unknown.join(', ')}; update this program`,
    );
  }
}
