// The statements that read products as a shop handed them in, one function each; none is run here.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Database } from '../../database/tables.ts';
import { TEXT_NAMES } from '../product-texts.ts';

/** Products with all of their variants and pictures, in the shop's order, and the paths of their categories. */
export function storedProducts(db: Kysely<Database>, productIds: readonly string[]) {
  return db
    .selectFrom('product as p')
    .leftJoin('category as c', 'c.id', 'p.category_id')
    .select(['p.id', 'p.group_id', 'p.title', 'p.link', 'p.options', 'p.attributes', 'p.content_hash'])
    .select(TEXT_NAMES.map((name) => `p.${name}` as const))
    .select('c.path as category')
    .select(
      // As JSON: an array of arrays of PostgreSQL would have to be as long as it is wide.
      sql<string[][] | null>`(
        select json_agg(further.path order by listed.place) from unnest(p.further_category_ids) with ordinality as listed (id, place)
        inner join category as further on further.id = listed.id)`.as('further_categories'),
    )
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('product_variant as v')
          .select([
            'v.id',
            'v.sku',
            'v.title',
            'v.attributes',
            // As text: JSON would make a number of it.
            sql<string | null>`v.price_amount::text`.as('price_amount'),
            'v.price_currency',
            sql<string | null>`v.compare_at_amount::text`.as('compare_at_amount'),
            'v.availability',
            'v.quantity',
            'v.gtin',
            'v.mpn',
            'v.link',
            'v.image_ids',
            'v.content_hash',
          ])
          .whereRef('v.product_id', '=', 'p.id')
          .orderBy('v.position')
          .orderBy('v.id'),
      ).as('variants'),
      jsonArrayFrom(
        eb
          .selectFrom('product_image as i')
          .select(['i.product_id', 'i.id', 'i.position', 'i.looks', 'i.source', 'i.source_version'])
          .select(['i.content_hash', 'i.width', 'i.height', 'i.state', 'i.failure'])
          .whereRef('i.product_id', '=', 'p.id')
          .orderBy('i.position')
          .orderBy('i.id'),
      ).as('images'),
    ])
    .where('p.id', '=', sql<string>`any(${productIds}::uuid[])`);
}

/** Products whose group id is one of these in any case, with the ids of their variants. */
export function productsOfGroups(db: Kysely<Database>, groupIds: readonly string[]) {
  return db
    .selectFrom('product')
    .select(['id', 'group_id', 'brand'])
    .select(
      sql<string[]>`array(select v.id from product_variant as v where v.product_id = product.id)`.as('variant_ids'),
    )
    .where(sql<string>`lower(group_id)`, '=', sql<string>`any(${groupIds.map((id) => id.toLowerCase())}::text[])`);
}

/** Ids and content hashes of those that are there. */
export function productHashes(db: Kysely<Database>, ids: readonly string[]) {
  return db.selectFrom('product').select(['id', 'content_hash']).where('id', '=', sql<string>`any(${ids}::uuid[])`);
}

/** What is known of variants without reading all that is said of them: whose they are, what they cost, how many there are, and the hash of the rest. */
export function variantOffers(db: Kysely<Database>, ids: readonly string[]) {
  return db
    .selectFrom('product_variant')
    .select(['id', 'product_id', 'sku', 'content_hash'])
    .select(['price_amount', 'price_currency', 'compare_at_amount', 'availability', 'quantity'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`);
}

/** A few products that were kept from before there were variants, and whose group is an attribute; behind one of them, in the order of their ids. */
export function ungroupedProducts(db: Kysely<Database>, { after, limit }: { after: string; limit: number }) {
  return db
    .selectFrom('product')
    .select(['id', sql<string | null>`attributes -> 'item_group_id' ->> 0`.as('group_id')])
    .where(IS_UNGROUPED)
    .where('id', '>', sql<string>`${after}::uuid`)
    .orderBy('id')
    .limit(limit);
}

/** The products of the same groups as some that are ungrouped. */
export function ungroupedOfGroups(db: Kysely<Database>, groupIds: readonly string[]) {
  return db
    .selectFrom('product')
    .select('id')
    .where(IS_UNGROUPED)
    .where(
      sql<string>`lower(btrim(attributes -> 'item_group_id' ->> 0))`,
      '=',
      sql<string>`any(${groupIds.map((id) => id.trim().toLowerCase())}::text[])`,
    );
}

/** As product_ungrouped_idx has it. */
const IS_UNGROUPED: RawBuilder<boolean> = sql<boolean>`attributes ? 'item_group_id'`;

/** Has products that variants moved to take over the vectors of those that they left: of pictures with the same content, and of texts. */
export function inheritVectors(moves: readonly { readonly from: string; readonly to: string }[]): RawBuilder<unknown> {
  return sql`select inherit_vectors(${moves.map(({ from }) => from)}::uuid[], ${moves.map(({ to }) => to)}::uuid[])`;
}
