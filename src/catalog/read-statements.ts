// The statements that read products, one function each; none is run here. Keys go in as one array parameter.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { PLANNED_ONCE } from '../database/statement-names.ts';
import type { Database } from '../database/tables.ts';
import { TEXT_NAMES } from './product-texts.ts';

const CATEGORY_COLUMNS = ['id', 'name', 'path', 'ancestor_ids'] as const;
const IMAGE_COLUMNS = ['id', 'product_id', 'content_hash', 'width', 'height', 'state', 'failure', 'looks'] as const;

/**
 * All that is said of products, with their categories, their pictures and their variants in the shop's order.
 *
 * One statement: on the fashion catalogue 50 products take 0.9 ms this way, 1.2 ms by a statement each for products, categories and pictures, and
 * 0.5 ms without the other two (medians, native PostgreSQL 17, two cores).
 */
export function productsByIds(db: Kysely<Database>, ids: readonly string[]) {
  return db
    .selectFrom('product')
    .modifyFront(PLANNED_ONCE)
    .select([
      'id',
      'group_id',
      'title',
      ...TEXT_NAMES,
      'options',
      'common_attributes',
      'price_lowest',
      'price_highest',
      'price_currency',
      'on_sale',
      'availability',
      'attributes',
      'link',
      'created_at',
      'updated_at',
    ])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('category')
          .innerJoin(
            sql<{
              id: string;
              place: number;
            }>`unnest(array_prepend(product.category_id, product.further_category_ids)) with ordinality`.as<'listed'>(
              sql`listed (id, place)`,
            ),
            'listed.id',
            'category.id',
          )
          .select(CATEGORY_COLUMNS.map((column) => `category.${column}` as const))
          .orderBy('listed.place'),
      ).as('categories'),
      jsonArrayFrom(
        eb
          .selectFrom('product_image')
          .select(IMAGE_COLUMNS)
          .whereRef('product_image.product_id', '=', 'product.id')
          .orderBy('position')
          .orderBy('id'),
      ).as('images'),
      jsonArrayFrom(
        eb
          .selectFrom('product_variant as v')
          .select(['v.id', 'v.sku', 'v.title', 'v.attributes', 'v.price_currency', 'v.availability', 'v.quantity'])
          .select(['v.gtin', 'v.mpn', 'v.link', 'v.look', 'v.image_ids', 'v.updated_at'])
          // As text: JSON would make numbers of them.
          .select(sql<string | null>`v.price_amount::text`.as('price_amount'))
          .select(sql<string | null>`v.compare_at_amount::text`.as('compare_at_amount'))
          .whereRef('v.product_id', '=', 'product.id')
          .orderBy('v.position')
          .orderBy('v.id'),
      ).as('variants'),
    ])
    .where('id', '=', anyOf(ids));
}

/** Pictures, of whatever product. */
export function imagesByIds(db: Kysely<Database>, ids: readonly string[]) {
  return db.selectFrom('product_image').select(IMAGE_COLUMNS).where('id', '=', anyOf(ids));
}

/** Pictures that could not be fetched or read, in the order of their ids, behind one of them. */
export function failedPictures(db: Kysely<Database>, p: { after: string | undefined; limit: number }) {
  return db
    .selectFrom('product_image')
    .select([...IMAGE_COLUMNS, 'source'])
    .select(sql<string>`failure`.as('reason'))
    .where('state', '=', sql.lit('FAILED'))
    .$if(p.after !== undefined, (query) => query.where('id', '>', sql<string>`${p.after}::uuid`))
    .orderBy('id')
    .limit(p.limit);
}

/** Categories, without what is below them. */
export function categoriesByIds(db: Kysely<Database>, ids: readonly string[]) {
  return db.selectFrom('category').select(CATEGORY_COLUMNS).where('id', '=', anyOf(ids));
}

/** Categories directly below others, by name within each parent. `null` among the parents asks for the top of the tree. */
export function childCategories(db: Kysely<Database>, parentIds: readonly (string | null)[]) {
  const parents = parentIds.filter((id) => id !== null);
  return db
    .selectFrom('category')
    .select(CATEGORY_COLUMNS)
    .where((eb) => {
      const below = eb('parent_id', '=', anyOf(parents));
      return parentIds.includes(null) ? eb.or([below, eb('parent_id', 'is', null)]) : below;
    })
    .orderBy('name')
    .orderBy('id');
}

/** Products in each category and in all below it, each once. */
export function productCounts(db: Kysely<Database>, categoryIds: readonly string[]) {
  return db
    .selectFrom(sql<{ id: string }>`(select distinct unnest(${categoryIds}::uuid[]) as id)`.as('wanted'))
    .innerJoinLateral(
      sql<{
        ids: string[];
      }>`(select array(select c.id from category as c where c.ancestor_ids @> array[wanted.id]) as ids)`.as('below'),
      (join) => join.onTrue(),
    )
    .select('wanted.id as category_id')
    .select(
      sql<number>`((select count(*) from product as p where p.category_id = any(below.ids))
        + (select count(*) from product as p where p.further_category_ids && below.ids and p.category_id <> all(below.ids)))::int`.as(
        'products',
      ),
    );
}

/** How much of the catalogue each model has vectors of, as analysts read it; pictures before texts. */
export function embeddingCoverage(
  modelIds: readonly string[],
): RawBuilder<{ model_id: string; kind: 'IMAGE' | 'TEXT'; documents: number; embedded: number; failed: number }> {
  return sql`
    select model_id, kind, documents, embedded, failed from analytics.embedding_coverage
    where model_id = any(${modelIds}::uuid[])
    order by kind`;
}

function anyOf(ids: readonly string[]) {
  return sql<string>`any(${ids}::uuid[])`;
}
