import { type RawBuilder, sql } from 'kysely';
import { innerProduct, unitVectorText } from '../../database/vector-sql.ts';

/** What products have in common with each other: brand, category, and the vector of the picture named beside each, as text. */
export function productTraits(p: {
  /** embedding_model.image_table; null where no vectors took part. */
  table: string | null;
  pairs: readonly { readonly product_id: string; readonly image_id: string | null }[];
}): RawBuilder<{
  product_id: string;
  image_id: string | null;
  brand: string | null;
  category_id: string | null;
  vector: string | null;
}> {
  const pictures =
    p.table === null
      ? sql``
      : sql`
    left join ${sql.table(p.table)} as e on e.product_id = pair.product_id and e.image_id = pair.image_id`;
  return sql`
    select p.id as product_id, pair.image_id, p.brand, p.category_id, ${p.table === null ? sql`null` : unitVectorText(sql.ref('e.embedding'))} as vector
    from jsonb_to_recordset(${JSON.stringify(p.pairs)}::jsonb) as pair (product_id uuid, image_id uuid)
    inner join product as p on p.id = pair.product_id${pictures}`;
}

/** What each share of a query contributes to the similarity of pictures: the inner product of the picture's vector and the share. */
export function shareProducts(p: {
  /** embedding_model.image_table */
  table: string;
  /** As text: `[0.1,0.2]`. */
  shares: readonly string[];
  pairs: readonly { readonly product_id: string; readonly image_id: string | null }[];
}): RawBuilder<{ product_id: string; image_id: string; products: number[] }> {
  return sql`
    select e.product_id, e.image_id, (
      select array_agg(${innerProduct(sql.ref('e.embedding'), sql.ref('share.value'))} order by share.number)
      from unnest(${p.shares}::text[]) with ordinality as share (value, number)) as products
    from jsonb_to_recordset(${JSON.stringify(p.pairs)}::jsonb) as pair (product_id uuid, image_id uuid)
    inner join ${sql.table(p.table)} as e on e.product_id = pair.product_id and e.image_id = pair.image_id`;
}

/** What tells pairs apart. */
export function pairKey({ product_id, image_id }: { product_id: string; image_id: string | null }): string {
  return `${product_id} ${image_id}`;
}
