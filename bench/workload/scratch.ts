import { type Kysely, sql } from 'kysely';
import type { Database } from '../../src/database/tables.ts';
import { formatVector } from '../../src/database/vector-sql.ts';
import type { Embedding } from '../../src/embedding-vector.ts';
import { createRandom } from '../../src/seeded-random.ts';
import { RECIPE, SCRATCH } from './recipe.ts';
import { randomDirection } from './rotation.ts';

/**
 * The scratch schema: `recipe`, `query` and `truth` stay as long as the workload; the other tables go when its products are made. `uniform(key, purpose)` is the
 * one source of chance in SQL: the same number, 0 up to 1, for the same key and purpose, on every run and in every order.
 */
export async function createScratch(db: Kysely<Database>): Promise<void> {
  const { seed, dimensions } = RECIPE;
  await sql
    .raw(`
    create schema ${SCRATCH};
    create function ${SCRATCH}.uniform(key bigint, purpose integer) returns float8
    language sql immutable parallel safe
    return (hashint8extended(key, ${seed}::bigint * 1000 + purpose) & 4503599627370495) / 4503599627370496.0::float8;

    create table ${SCRATCH}.parent (
      number integer primary key, title text, description text, brand text, category_id uuid, price_amount numeric,
      price_currency text, attributes jsonb, picture vector(${dimensions}), text vector(${dimensions}), neighbours integer[]);
    create table ${SCRATCH}.noise (number integer primary key, vector vector(${dimensions}));
    create table ${SCRATCH}.factor (number integer primary key, vector vector(${dimensions}));
    create table ${SCRATCH}.query (
      kind text, number integer, about text, vector vector(${dimensions}), primary key (kind, number));
    create table ${SCRATCH}.truth (
      kind text, number integer, filter text, product_ids uuid[], primary key (kind, number, filter));
    create table ${SCRATCH}.recipe (name text primary key, hash text);

    -- Compressing vectors gains nothing, and moving them out of the row costs much.
    alter table ${SCRATCH}.parent alter column picture set storage main, alter column text set storage main;
    alter table ${SCRATCH}.noise alter column vector set storage plain;
    alter table ${SCRATCH}.factor alter column vector set storage plain;`)
    .execute(db);
}

/** How long parts of the making took. Workloads that were made before this was kept have no such table. */
export async function createPhaseTable(db: Kysely<Database>): Promise<void> {
  await sql`create table if not exists ${sql.table(`${SCRATCH}.phase`)} (
    name text primary key, seconds numeric not null, at timestamptz not null default now())`.execute(db);
}

/** Vectors with the same number in each component: pgvector multiplies vectors component by component, but none by a number. */
export async function fillFactors(db: Kysely<Database>): Promise<void> {
  const { shareSteps, dimensions } = RECIPE;
  await sql`
    insert into ${sql.table(`${SCRATCH}.factor`)}
    select step, array_fill((step / ${sql.lit(shareSteps)}::float8)::real, array[${sql.lit(dimensions)}::integer])::vector
    from generate_series(0, ${sql.lit(shareSteps)}::integer) as step`.execute(db);
}

/**
 * Noise vectors: what tells a picture from one that looks like it, taken from some other place of the catalogue, and a random direction beside it. So noise goes
 * where real pictures differ, and a little everywhere.
 */
export async function fillNoise(db: Kysely<Database>, parents: number): Promise<void> {
  const { noises, noiseLength, noiseRandomShare, dimensions, seed, shareSteps, neighbours } = RECIPE;
  const random = createRandom(seed + 1);
  const rows = Array.from({ length: noises }, (_, number) => {
    const direction = randomDirection(dimensions, random).map((value) => value * noiseRandomShare);
    const length = noiseLength.least + (noiseLength.most - noiseLength.least) * random();
    return {
      number,
      parent: 1 + Math.floor(random() * parents),
      neighbour: 1 + Math.floor(random() * neighbours),
      direction: formatVector(Float32Array.from(direction) as Embedding),
      factor: Math.round(length * shareSteps),
    };
  });
  await sql`
    insert into ${sql.table(`${SCRATCH}.noise`)}
    select row.number, l2_normalize(l2_normalize(p.picture - n.picture) + row.direction) * f.vector
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      number integer, parent integer, neighbour integer, direction vector, factor integer)
    inner join ${sql.table(`${SCRATCH}.parent`)} as p on p.number = row.parent
    inner join ${sql.table(`${SCRATCH}.parent`)} as n on n.number = p.neighbours[row.neighbour]
    inner join ${sql.table(`${SCRATCH}.factor`)} as f on f.number = row.factor`.execute(db);
}

/** What is needed only while products are made. */
export async function dropIngredients(db: Kysely<Database>): Promise<void> {
  await sql.raw(`drop table ${SCRATCH}.parent, ${SCRATCH}.noise, ${SCRATCH}.factor`).execute(db);
}
