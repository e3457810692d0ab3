import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { analyzeWaiting } from '../../src/catalog/words/analyze-words.ts';
import { type ActiveModel, findActiveModel, registerEmbeddingModel } from '../../src/database/embedding-models.ts';
import { measureStatistics } from '../../src/database/embedding-statistics.ts';
import { migrateToLatest } from '../../src/database/migrate.ts';
import type { Database } from '../../src/database/tables.ts';
import { buildVectorIndexes } from '../../src/database/vector-indexes.ts';
import { invariant } from '../../src/errors.ts';
import { openShopWords } from '../../src/words/shop-words.ts';
import { copyParents, parentModel } from './parents.ts';
import { insertProducts } from './products.ts';
import { insertQueries } from './queries.ts';
import { RECIPE, SCRATCH } from './recipe.ts';
import { randomLift } from './rotation.ts';
import { createPhaseTable, createScratch, dropIngredients, fillFactors, fillNoise } from './scratch.ts';

/** What a shop has that sets neither. */
const WORDS = { languages: ['en'], codeAttributes: [] } as const;

const MIGRATIONS = new URL('../../migrations/', import.meta.url);

/**
 * Makes the whole workload in an empty database: the project's own tables, filled with products made of a fashion catalogue's, indexed and analyzed as an import
 * leaves them, and the scratch schema with the queries.
 *
 * @param source - a database with the fashion catalogue imported
 */
export async function makeWorkload(
  db: Kysely<Database>,
  source: Kysely<Database>,
  p: { products: number; say: (line: string) => void },
): Promise<void> {
  const phase = createPhases(db, p.say);
  await migrateToLatest(db);
  await createScratch(db);
  await createPhaseTable(db);
  await recordIngredients(db);
  const { dimensions: from, name } = await parentModel(source);
  const lift = randomLift(from, RECIPE.dimensions, RECIPE.seed);
  const model = await registerEmbeddingModel(db, {
    name: 'workload',
    version: '1',
    manifestHash: createHash('sha256').update(`${name} ${recipeHash()}`).digest('hex'),
    dimensions: RECIPE.dimensions,
  });
  const parents = await phase('parents', () => copyParents(source, db, lift, p.say));
  await phase('noise', async () => {
    await fillFactors(db);
    await fillNoise(db, parents);
    await sql.raw(`analyze ${SCRATCH}.parent, ${SCRATCH}.noise, ${SCRATCH}.factor`).execute(db);
  });
  await phase('queries', () => insertQueries(db, lift, parents));
  await phase('products', () => insertProducts(db, { ...p, model, parents }));
  await dropIngredients(db);
  await finishShop(db, phase);
}

/** Brings a workload to where this program expects a shop: new migrations, words of another analyzer, indexes that are missing, statistics. Quick where nothing is. */
export async function bringUpToDate(db: Kysely<Database>, say: (line: string) => void): Promise<void> {
  const applied = await migrateToLatest(db);
  await createPhaseTable(db);
  const analyzed = await analyzeWaiting({ db, words: await openShopWords(WORDS) });
  if (applied.length === 0 && analyzed === 0) return;
  say(`migrated: ${applied.join(', ') || 'nothing'}; words of ${analyzed} products`);
  await recordIngredients(db);
  await finishShop(db, createPhases(undefined, say));
}

/** As an import ends. */
async function finishShop(db: Kysely<Database>, phase: Phase): Promise<void> {
  const model = await modelOf(db);
  // SQL made the products: their words are made now, and not by the first search.
  await phase('words', async () => analyzeWaiting({ db, words: await openShopWords(WORDS) }));
  await phase('vacuum and analyze', () => sql`vacuum analyze`.execute(db));
  await phase('indexes', () => buildVectorIndexes(db, model));
  await phase('statistics', () => measureStatistics(db, model));
}

/** The workload's model, as a search sees it. */
export async function modelOf(db: Kysely<Database>): Promise<ActiveModel> {
  const model = await findActiveModel(db);
  invariant(model !== undefined, 'a workload has a model');
  return model;
}

/**
 * What it was made by that is otherwise now: the recipe, or a migration that was applied. Migrations that are new and scripts of sql/functions are none of it:
 * bringUpToDate applies them. Nor are migrations that are gone: it upgrades from them, or refuses.
 */
export async function changedIngredients(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string; hash: string }>`
    select name, hash from ${sql.table(`${SCRATCH}.recipe`)} order by name`.execute(db);
  const now = new Map(ingredients().map(({ name, hash }) => [name, hash]));
  return rows.filter(({ name, hash }) => now.has(name) && now.get(name) !== hash).map(({ name }) => name);
}

async function recordIngredients(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`delete from ${sql.table(`${SCRATCH}.recipe`)}`.execute(transaction);
    await sql`
      insert into ${sql.table(`${SCRATCH}.recipe`)}
      select * from jsonb_to_recordset(${JSON.stringify(ingredients())}::jsonb) as row (name text, hash text)`.execute(
      transaction,
    );
  });
}

function ingredients(): { name: string; hash: string }[] {
  const migrations = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ name, hash: hash(readFileSync(new URL(name, MIGRATIONS))) }));
  return [{ name: 'recipe', hash: recipeHash() }, ...migrations];
}

function recipeHash(): string {
  return hash(JSON.stringify(RECIPE));
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

type Phase = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/**
 * Says how long each part took, and keeps it: parts of a million products are not measured twice.
 *
 * @param db - where it is kept; undefined where a part may have little to do
 */
function createPhases(db: Kysely<Database> | undefined, say: (line: string) => void): Phase {
  return async (name, work) => {
    const started = performance.now();
    const result = await work();
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    say(`${name}: ${seconds} s`);
    if (db !== undefined)
      await sql`insert into ${sql.table(`${SCRATCH}.phase`)} (name, seconds) values (${name}, ${seconds})`.execute(db);
    return result;
  };
}

/** Seconds that a part took when the workload was made; undefined where that was not kept. */
export async function secondsOf(db: Kysely<Database>, phase: string): Promise<number | undefined> {
  const { rows } = await sql<{ seconds: number }>`
    select seconds::float8 as seconds from ${sql.table(`${SCRATCH}.phase`)} where name = ${phase}`.execute(db);
  return rows[0]?.seconds;
}
