import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { PLANNED_ONCE } from '../../database/statement-names.ts';
import type { ConditionsByKind } from '../filter/fields.ts';
import { all, type ResolvedFilter, variantPredicates } from '../filter/product-filter.ts';
import { variantConjuncts } from '../filter/variant-conditions.ts';

export interface ShownVariants {
  readonly filter: ResolvedFilter;
  /** By price: which variant of several comes first. Undefined: prices do not tell. */
  readonly byPrice: 'ASC' | 'DESC' | undefined;
  /** Of prices: ISO 4217. */
  readonly currency: ConditionsByKind['money']['currency'];
  /** Products of a result, each with the picture that matched. */
  readonly pairs: readonly { readonly product_id: string; readonly image_id: string | null }[];
}

export interface ShownVariantRow {
  readonly product_id: string;
  readonly variant_id: string;
  /** Variants that satisfy the filter. */
  readonly matching: number;
  /** Of their prices in the currency; null without any. */
  readonly lowest: string | null;
  readonly highest: string | null;
}

/**
 * Of each product the variant that a result shows: of those that satisfy the filter one that can be bought, then the cheapest, or dearest, where results are sorted by that, then one that has
 * the picture that matched, then the first in the shop's order. Where none satisfies the filter any more, one of the others by the same order: the product was found when one did.
 */
export function shownVariants({ filter, byPrice, currency, pairs }: ShownVariants): RawBuilder<ShownVariantRow> {
  const conjuncts = variantConjuncts(filter);
  const satisfies = all(conjuncts.flatMap(variantPredicates));
  // With conditions on variants it is one of many texts: there are few names for those that come again.
  const plan = conjuncts.length === 0 ? PLANNED_ONCE : sql``;
  const price = byPrice === undefined ? sql`` : sql`m.price ${sql.raw(byPrice.toLowerCase())} nulls last, `;
  return sql`${plan}
    select pair.product_id, chosen.id as variant_id, chosen.matching, chosen.lowest::text as lowest, chosen.highest::text as highest
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as pair (product_id uuid, image_id uuid)
    inner join product as p on p.id = pair.product_id
    left join product_image as i on i.product_id = pair.product_id and i.id = pair.image_id
    cross join lateral (
      select m.id, count(*) filter (where m.satisfies) over ()::integer as matching,
        min(m.price) filter (where m.satisfies) over () as lowest, max(m.price) filter (where m.satisfies) over () as highest
      from (
        select v.id, v.position, (${satisfies}) is true as satisfies, v.availability <> 'OUT_OF_STOCK' as available,
          case when v.price_currency = ${currency}::text then v.price_amount end as price,
          ${hasPicture(sql`i.looks`)} as pictured
        from product_variant as v where v.product_id = p.id
        offset 0
      ) as m
      order by m.satisfies desc, m.available desc, ${price}m.pictured desc, m.position, m.id
      limit 1
    ) as chosen`;
}

/** A picture that belongs to no look in particular belongs to every variant. */
function hasPicture(looks: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql`coalesce(v.look = any(${looks}), true)`;
}
