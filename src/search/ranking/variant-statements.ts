import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { PLANNED_ONCE } from '../../database/statement-names.ts';
import { type ConditionsByKind, SORTS } from '../filter/fields.ts';
import { all, variantPredicates } from '../filter/product-filter.ts';
import { variantConjuncts } from '../filter/variant-conditions.ts';
import type { ResolvedSearch } from '../query/resolved-search.ts';
import { variantSortValue } from './order-keys.ts';

export interface ShownVariants extends Pick<ResolvedSearch, 'filter' | 'sort' | 'sortAttribute' | 'collapse'> {
  /** Of prices: ISO 4217. */
  readonly currency: ConditionsByKind['money']['currency'];
  /** Results, each with its product and the picture that matched. */
  readonly results: readonly {
    readonly result_id: string;
    readonly product_id: string;
    readonly image_id: string | null;
  }[];
}

export interface ShownVariantRow {
  readonly result_id: string;
  readonly variant_id: string;
  /** Variants that satisfy the filter. */
  readonly matching: number;
  /** Of their prices in the currency; null without any. */
  readonly lowest: string | null;
  readonly highest: string | null;
}

/**
 * The variant that a result shows: of those that satisfy the filter one that can be bought, then the first by the sort, where that is by price or by a number, then one that has the picture that
 * matched, then the first in the shop's order. Behind `offset 0` pictures are looked up one by one, for the few results of a page. Where none satisfies the filter any more, one of the others by the same order: the result was found when one did.
 */
export function shownVariants(p: ShownVariants): RawBuilder<ShownVariantRow> {
  const conjuncts = variantConjuncts(p.filter);
  const satisfies = all(conjuncts.flatMap(variantPredicates));
  // With conditions on variants it is one of many texts: there are few names for those that come again.
  const plan = conjuncts.length === 0 && p.collapse === 'PRODUCT' ? PLANNED_ONCE : sql``;
  const field = p.sort === 'RELEVANCE' ? undefined : SORTS[p.sort];
  const sorted = field && variantSortValue(field, p);
  const first =
    sorted === undefined ? sql`` : sql`m.sorted ${sql.raw(field?.descending ? 'desc' : 'asc')} nulls last, `;
  return sql`${plan}
    select asked.result_id, chosen.id as variant_id, chosen.matching, chosen.lowest::text as lowest, chosen.highest::text as highest
    from jsonb_to_recordset(${JSON.stringify(p.results)}::jsonb) as asked (result_id uuid, product_id uuid, image_id uuid)
    inner join product as p on p.id = asked.product_id
    left join lateral (select i.looks from product_image as i where i.product_id = asked.product_id and i.id = asked.image_id offset 0) as i on true
    cross join lateral (
      select m.id, count(*) filter (where m.satisfies) over ()::integer as matching,
        min(m.price) filter (where m.satisfies) over () as lowest, max(m.price) filter (where m.satisfies) over () as highest
      from (
        select v.id, v.position, (${satisfies}) is true as satisfies, v.availability <> 'OUT_OF_STOCK' as available,
          case when v.price_currency = ${p.currency}::text then v.price_amount end as price,${sorted === undefined ? sql`` : sql` ${sorted} as sorted,`}
          ${hasPicture(sql`i.looks`)} as pictured
        from product_variant as v where ${all([sql`v.product_id = p.id`, ...ofResult(p)])}
        offset 0
      ) as m
      order by m.satisfies desc, m.available desc, ${first}m.pictured desc, m.position, m.id
      limit 1
    ) as chosen`;
}

/** Whether a variant is one of the result. */
function ofResult({ collapse }: Pick<ShownVariants, 'collapse'>): RawBuilder<SqlBool>[] {
  if (collapse === 'PRODUCT') return [];
  if (collapse === 'VARIANT') return [sql`v.id = asked.result_id`];
  return [
    sql`v.look = (select first.look from product_variant as first where first.product_id = p.id and first.id = asked.result_id)`,
  ];
}

/** A picture that belongs to no look in particular belongs to every variant. */
function hasPicture(looks: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql`coalesce(v.look = any(${looks}), true)`;
}
