// The statements that find pictures which stand for "no picture yet", one function each; none is run here.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/tables.ts';

/** In front of why a picture is IGNORED: how placeholders are told from blank ones. */
const PLACEHOLDER = 'placeholder: ';

/** Whether a row of product_image, `i`, is IGNORED as a placeholder. */
const isPlaceholder = sql<boolean>`i.state = 'IGNORED' and i.failure like ${`${PLACEHOLDER}%`}`;

export interface PlaceholderRule {
  /** Kinds of products that share a picture from which on it is one of none of them; 0: never. */
  readonly products: number;
}

/**
 * Of a shop's products, the share from which on a picture that they have in common is a placeholder whatever they are called: no one thing that a shop sells in variants is a
 * fifth of it, unless it is a very small shop, and that has not twice as many as the rule asks for.
 */
const SHARE_OF_SHOP = 0.2;

/**
 * Contents that many unrelated products have for a picture, and how many products. What a shop sells in variants shares its picture by right, also where the feed has no groups: products of one
 * brand and category whose titles begin with the same two words count as one.
 *
 * @param contents - the only ones that are looked at; undefined for all
 */
export function placeholders(
  { products: least }: PlaceholderRule,
  contents: readonly string[] | undefined,
): RawBuilder<{ content_hash: string; products: number }> {
  const among = contents === undefined ? sql`true` : sql`i.content_hash = any(${contents}::text[])`;
  return sql`
    with shared as (
      select i.content_hash, count(distinct i.product_id) as products
      from product_image as i
      where i.content_hash is not null and ${among}
      group by i.content_hash
      having count(distinct i.product_id) >= ${least}::integer
    ), kinds as (
      select s.content_hash, s.products,
        count(distinct concat_ws('|', p.brand, p.category_id, (regexp_match(lower(p.title), '\\S+(?:\\s+\\S+)?'))[1])) as kinds
      from shared as s
      join product_image as i on i.content_hash = s.content_hash
      join product as p on p.id = i.product_id
      group by s.content_hash, s.products
    )
    select content_hash, products::integer from kinds
    where kinds >= ${least}::integer
      or (products >= 2 * ${least}::integer and products >= ${sql.lit(SHARE_OF_SHOP)}::float8 * (select count(*) from product))`;
}

/** Says of pictures with these contents that they are placeholders; returns those that were not before. */
export function markPlaceholders(
  contents: readonly { readonly content_hash: string; readonly products: number }[],
): RawBuilder<{ productId: string; source: string; contentHash: string; products: number }> {
  return sql`
    update product_image as i
    set state = 'IGNORED', failure = ${PLACEHOLDER}::text || r.products || ' unrelated products have this very picture; it is shown, and no search finds them by it'
    from json_to_recordset(${JSON.stringify(contents)}::json) as r (content_hash text, products integer)
    where i.content_hash = r.content_hash and i.state <> 'IGNORED'
    returning i.product_id as "productId", i.source, i.content_hash as "contentHash", r.products`;
}

/** Contents that are taken for placeholders now. */
export function knownPlaceholders(): RawBuilder<{ content_hash: string }> {
  return sql`select distinct i.content_hash from product_image as i where ${isPlaceholder}`;
}

/** Takes pictures with these contents for looks of their products again. */
export function unmarkPlaceholders(contents: readonly string[]): RawBuilder<unknown> {
  return sql`
    update product_image as i set state = 'PENDING', failure = null
    where i.content_hash = any(${contents}::text[]) and ${isPlaceholder}`;
}

/** The tables of pictures' vectors, of all models. */
export function imageTables(db: Kysely<Database>) {
  return db.selectFrom('embedding_model').select('image_table');
}

/** Deletes the vectors that pictures which are no look still have. */
export function deleteIgnoredVectors(imageTable: string): RawBuilder<unknown> {
  return sql`
    delete from ${sql.table(imageTable)} as e
    using product_image as i
    where i.state = 'IGNORED' and e.product_id = i.product_id and e.image_id = i.id`;
}
