import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { EmbeddingModelRow } from '../../src/database/embedding-models.ts';
import type { Database } from '../../src/database/tables.ts';
import { RECIPE, SCRATCH } from './recipe.ts';

/** Products to a transaction. */
const CHUNK = 20_000;

/** Keys of pictures: of picture `place` of product `n` it is 8 n + place, of its text 8 n + 7, so that no two draw the same numbers. */
const KEYS = 8;
const TEXT_KEY = 7;

/** What a number is drawn for: the second argument of workload.uniform(). */
const PURPOSE = { parent: 1, pictures: 2, price: 3, stock: 4, neighbour: 5, share: 6, noise: 7, moreNoise: 8 } as const;

/**
 * Products 1 to `products`, each a child of a parent: its words, category, attributes and about its price, with pictures and a text that are nearly its own. They come in the
 * order of their numbers, which says nothing of what they are, as in a shop that grew. All of it is made inside the database.
 */
export async function insertProducts(
  db: Kysely<Database>,
  p: { model: EmbeddingModelRow; products: number; parents: number; say: (line: string) => void },
): Promise<void> {
  for (let first = 1; first <= p.products; first += CHUNK) {
    const last = Math.min(p.products, first + CHUNK - 1);
    const numbers = sql`generate_series(${sql.lit(first)}::bigint, ${sql.lit(last)}::bigint) as n`;
    await db.transaction().execute(async (transaction) => {
      // What is made is made again after a crash. No chunk may be cancelled for the time it takes.
      await sql`select set_config('synchronous_commit', 'off', true), set_config('statement_timeout', '0', true)`.execute(
        transaction,
      );
      await products(numbers, p.parents).execute(transaction);
      await sql`alter table product_variant disable trigger variants_inserted`.execute(transaction);
      await variants(numbers).execute(transaction);
      await sql`alter table product_variant enable trigger variants_inserted`.execute(transaction);
      await pictures(numbers).execute(transaction);
      await pictureVectors(p.model.imageTable, numbers, p.parents).execute(transaction);
      await textVectors(p.model.textTable, numbers, p.parents).execute(transaction);
    });
    p.say(`products: ${last} of ${p.products}`);
  }
}

/**
 * Vectors of queries by picture: each a picture that one more child of some parent might have had.
 */
export function pictureQueries(parents: number): RawBuilder<unknown> {
  // Negative numbers: no product has them.
  const numbers = sql`generate_series(${sql.lit(-RECIPE.queries)}::bigint, -1) as n`;
  return sql`
    insert into ${sql.table(`${SCRATCH}.query`)} (kind, number, about, vector)
    select 'picture', -n, p.title, ${likeParent}
    from ${numbers} ${parentOf(parents)} ${ingredientsOf(sql`n * ${sql.lit(KEYS)}`)}`;
}

const uniform = (key: RawBuilder<unknown>, purpose: keyof typeof PURPOSE) =>
  sql`${sql.raw(SCRATCH)}.uniform(${key}, ${sql.lit(PURPOSE[purpose])})`;

/** A whole number from `least` on, of `count` equally likely ones. */
const whole = (key: RawBuilder<unknown>, purpose: keyof typeof PURPOSE, least: number, count: number) =>
  sql`${sql.lit(least)} + floor(${uniform(key, purpose)} * ${sql.lit(count)})::integer`;

const n = sql`n`;
const idOfProduct = sql`md5('product ' || n)::uuid`;
const idOfPicture = sql`md5('picture ' || n || ' ' || place)::uuid`;

/** `as p` */
function parentOf(parents: number): RawBuilder<unknown> {
  return sql`inner join ${sql.table(`${SCRATCH}.parent`)} as p on p.number = ${whole(n, 'parent', 1, parents)}`;
}

function products(numbers: RawBuilder<unknown>, parents: number): RawBuilder<unknown> {
  const { least, most } = RECIPE.priceFactor;
  return sql`
    insert into product (id, group_id, title, description, brand, category_id, price_lowest, price_highest, price_currency, availability,
      attributes, common_attributes, codes, content_hash, created_at, updated_at)
    select ${idOfProduct}, 'W-' || lpad(n::text, 7, '0'), p.title, p.description, p.brand, p.category_id,
      priced.amount, priced.amount, p.price_currency,
      case when ${uniform(n, 'stock')} < ${sql.lit(RECIPE.outOfStock)} then 'OUT_OF_STOCK' else 'IN_STOCK' end,
      p.attributes, p.attributes, array['W-' || lpad(n::text, 7, '0')], md5('product ' || n), arrived.at, arrived.at
    from ${numbers} ${parentOf(parents)}
    cross join lateral (select timestamptz '2026-01-01 00:00+00' + n * interval '20 seconds' as at) as arrived
    cross join lateral (
      select round(p.price_amount * (${sql.lit(least)} + ${sql.lit(most - least)} * ${uniform(n, 'price')})::numeric, 2) as amount) as priced
    order by n`;
}

/** One of each product. */
function variants(numbers: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    insert into product_variant (product_id, id, sku, attributes, price_amount, price_currency, availability, content_hash, created_at, updated_at)
    select p.id, p.id, p.group_id, p.attributes, p.price_lowest, p.price_currency, p.availability, p.content_hash, p.created_at, p.updated_at
    from ${numbers} inner join product as p on p.id = ${idOfProduct}
    order by n`;
}

/** `n` and `place` of every picture. */
function places(numbers: RawBuilder<unknown>): RawBuilder<unknown> {
  const { none, two, three, four } = RECIPE.pictures;
  return sql`
    (select n, place
    from ${numbers}
    cross join lateral (select ${uniform(n, 'pictures')} as drawn offset 0) as d
    cross join lateral generate_series(0, case
      when drawn < ${sql.lit(none)} then -1
      when drawn < ${sql.lit(none + two)} then 1
      when drawn < ${sql.lit(none + two + three)} then 2
      when drawn < ${sql.lit(none + two + three + four)} then 3
      else 0 end) as place) as pictured`;
}

function pictures(numbers: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    insert into product_image (product_id, id, position, source, content_hash, state)
    select ${idOfProduct}, ${idOfPicture}, place, 'workload:' || n || ':' || place, md5('picture ' || n || ' ' || place), 'READY'
    from ${places(numbers)} order by n, place`;
}

function pictureVectors(table: string, numbers: RawBuilder<unknown>, parents: number): RawBuilder<unknown> {
  return sql`
    insert into ${sql.table(table)} (product_id, image_id, embedding)
    select ${idOfProduct}, ${idOfPicture}, ${likeParent}
    from ${places(numbers)} ${parentOf(parents)} ${ingredientsOf(sql`n * ${sql.lit(KEYS)} + place`)}
    order by n, place`;
}

/** Between the parent's picture and a neighbour's, and a little off. */
const likeParent = sql`l2_normalize(p.picture * share.vector + near.picture * rest.vector + noise.vector + more_noise.vector)`;

/** What likeParent is made of, besides `p`. */
function ingredientsOf(key: RawBuilder<unknown>): RawBuilder<unknown> {
  const { shareSteps: steps, parentShare, noises } = RECIPE;
  const [least, most] = [Math.round(parentShare.least * steps), Math.round(parentShare.most * steps)];
  const table = (name: string) => sql.table(`${SCRATCH}.${name}`);
  return sql`
    cross join lateral (select ${whole(key, 'share', least, most - least + 1)} as step, ${key} as key offset 0) as drawn
    inner join ${table('parent')} as near
      on near.number = p.neighbours[1 + floor(${uniform(sql`drawn.key`, 'neighbour')} * cardinality(p.neighbours))::integer]
    inner join ${table('factor')} as share on share.number = drawn.step
    inner join ${table('factor')} as rest on rest.number = ${sql.lit(steps)} - drawn.step
    inner join ${table('noise')} as noise on noise.number = ${whole(sql`drawn.key`, 'noise', 0, noises)}
    inner join ${table('noise')} as more_noise on more_noise.number = ${whole(sql`drawn.key`, 'moreNoise', 0, noises)}`;
}

/** The parent's text, and a little off. */
function textVectors(table: string, numbers: RawBuilder<unknown>, parents: number): RawBuilder<unknown> {
  const { noises, textNoiseShare, shareSteps: steps } = RECIPE;
  const [least, most] = [Math.round(textNoiseShare.least * steps), Math.round(textNoiseShare.most * steps)];
  const key = sql`(n * ${sql.lit(KEYS)} + ${sql.lit(TEXT_KEY)})`;
  const scratch = (name: string) => sql.table(`${SCRATCH}.${name}`);
  return sql`
    insert into ${sql.table(table)} (product_id, text_hash, embedding)
    select ${idOfProduct}, md5('text ' || n), l2_normalize(p.text + (noise.vector + more_noise.vector) * share.vector)
    from ${numbers} ${parentOf(parents)}
    inner join ${scratch('noise')} as noise on noise.number = ${whole(key, 'noise', 0, noises)}
    inner join ${scratch('noise')} as more_noise on more_noise.number = ${whole(key, 'moreNoise', 0, noises)}
    inner join ${scratch('factor')} as share on share.number = ${whole(key, 'share', least, most - least + 1)}
    order by n`;
}
