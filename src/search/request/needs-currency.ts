import type { CheckedRequest } from './check-request.ts';
import type { ProductFilter } from './search-request.ts';

/** Whether a request compares prices, by its filter, its boosts or its order: then it must be known in which currency. */
export function needsCurrency({ filter, boosts, sort }: Pick<CheckedRequest, 'filter' | 'boosts' | 'sort'>): boolean {
  return (
    sort === 'PRICE_ASC' || sort === 'PRICE_DESC' || hasPrice(filter) || boosts.some((boost) => hasPrice(boost.filter))
  );
}

function hasPrice({ price, and = [], or = [], not, hasVariant }: ProductFilter): boolean {
  const nested = [
    ...and,
    ...or,
    ...(not === undefined ? [] : [not]),
    ...(hasVariant === undefined ? [] : [hasVariant]),
  ];
  return price !== undefined || nested.some(hasPrice);
}
