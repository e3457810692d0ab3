import { type Kysely, sql } from 'kysely';
import type { EmbeddingModelRow } from '../../src/database/embedding-models.ts';
import type { Database } from '../../src/database/tables.ts';
import { formatVector, parseVector } from '../../src/database/vector-sql.ts';
import type { Embedding } from '../../src/embedding-vector.ts';
import { RECIPE, SCRATCH } from './recipe.ts';
import type { Lift } from './rotation.ts';

/** Rows to a statement: some 10 MB of text. */
const CHUNK = 1000;

/** A product of the fashion catalogue, numbered by sku from 1 on. */
interface ParentRow {
  readonly number: number;
  readonly title: string;
  readonly description: string | null;
  readonly brand: string | null;
  readonly category_id: string | null;
  readonly price_amount: string | null;
  readonly price_currency: string | null;
  readonly attributes: object;
  readonly picture: string;
  readonly text: string;
  /** Numbers of the products with the nearest pictures, nearest first. */
  readonly neighbours: number[];
}

export type ParentModel = Pick<EmbeddingModelRow, 'name' | 'dimensions' | 'imageTable' | 'textTable'>;

/**
 * The source may be of an older program: nothing of it is read that its first migrations did not have.
 *
 * @throws Error if the database has no model, so no vectors
 */
export async function parentModel(source: Kysely<Database>): Promise<ParentModel> {
  const model = await source
    .selectFrom('embedding_model')
    .select(['name', 'dimensions', 'image_table as imageTable', 'text_table as textTable'])
    .where('state', '=', 'ACTIVE')
    .executeTakeFirst();
  if (model === undefined) throw new Error('expected an imported fashion catalogue to take products from, found none');
  return model;
}

/**
 * Copies the categories, and every product that has a picture and a text vector, lifted, into the scratch schema.
 *
 * @returns how many parents there are
 */
export async function copyParents(
  source: Kysely<Database>,
  target: Kysely<Database>,
  lift: Lift,
  say: (line: string) => void,
): Promise<number> {
  const model = await parentModel(source);
  await copyCategories(source, target);
  const skus = await numberedSkus(source, model);
  for (let start = 0; start < skus.length; start += CHUNK) {
    const parents = await readParents(source, model, skus, start);
    await insertParents(target, parents, lift);
    if (start % 10_000 === 0) say(`parents: ${start} of ${skus.length}`);
  }
  return skus.length;
}

async function copyCategories(source: Kysely<Database>, target: Kysely<Database>): Promise<void> {
  const rows = await source
    .selectFrom('category')
    .select(['id', 'parent_id', 'name', 'path', 'ancestor_ids', 'created_at'])
    .orderBy(sql`cardinality(path)`)
    .execute();
  await target.insertInto('category').values(rows).execute();
}

/** In the order of their numbers. */
async function numberedSkus(source: Kysely<Database>, model: ParentModel): Promise<{ id: string; sku: string }[]> {
  const { rows } = await sql<{ id: string; sku: string }>`
    select p.id, p.group_id as sku from product as p
    where exists (select from ${sql.table(model.imageTable)} as e where e.product_id = p.id)
      and exists (select from ${sql.table(model.textTable)} as t where t.product_id = p.id)
    order by p.group_id collate "C"`.execute(source);
  return rows;
}

async function readParents(
  source: Kysely<Database>,
  model: ParentModel,
  skus: readonly { id: string; sku: string }[],
  start: number,
): Promise<ParentRow[]> {
  const numbers = new Map(skus.map(({ id }, index) => [id, index + 1]));
  const ids = skus.slice(start, start + CHUNK).map(({ id }) => id);
  const rows = await source.transaction().execute(async (transaction) => {
    // Each product's neighbours come from the index, whatever the planner thinks of 1,000 look-ups in it.
    await sql`set local enable_seqscan = off`.execute(transaction);
    const { rows } = await sql<Omit<ParentRow, 'number' | 'neighbours'> & { id: string; near: string[] }>`
      select p.id, p.title, p.description, p.brand, p.category_id, p.price_lowest as price_amount, p.price_currency, p.attributes,
        e.embedding::text as picture, t.embedding::text as text,
        array(
          select n.product_id from ${sql.table(model.imageTable)} as n
          order by n.embedding <=> e.embedding limit ${sql.lit(RECIPE.neighbours + 1)})::text[] as near
      from product as p
      cross join lateral (
        select embedding from ${sql.table(model.imageTable)} where product_id = p.id order by image_id limit 1) as e
      inner join ${sql.table(model.textTable)} as t on t.product_id = p.id
      where p.id = any(${ids}::uuid[])
      order by p.group_id collate "C"`.execute(transaction);
    return rows;
  });
  return rows.map(({ id, near, ...row }, index) => ({
    ...row,
    number: start + index + 1,
    neighbours: neighbourNumbers(id, near, numbers),
  }));
}

/** @throws Error where the source's index finds too few: a picture without neighbours has no children, and the workload fewer pictures than it says */
function neighbourNumbers(id: string, near: readonly string[], numbers: ReadonlyMap<string, number>): number[] {
  const found = near.filter((other) => other !== id).flatMap((other) => numbers.get(other) ?? []);
  if (found.length < RECIPE.neighbours) {
    throw new Error(
      `expected ${RECIPE.neighbours} neighbours of product ${id}, found ${found.length}: vacuum the catalogue, or take a larger one`,
    );
  }
  return found.slice(0, RECIPE.neighbours);
}

async function insertParents(target: Kysely<Database>, parents: readonly ParentRow[], lift: Lift): Promise<void> {
  const lifted = (text: string) => formatVector(lift(parseVector(text)) as Embedding);
  const rows = parents.map((row) => ({ ...row, picture: lifted(row.picture), text: lifted(row.text) }));
  await sql`
    insert into ${sql.table(`${SCRATCH}.parent`)}
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      number integer, title text, description text, brand text, category_id uuid, price_amount numeric, price_currency text,
      attributes jsonb, picture vector, text vector, neighbours integer[])`.execute(target);
}
