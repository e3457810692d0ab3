import type { Collapse } from '../generated/operations.ts';
import { counted } from '../wording.ts';
import type { Shown } from './results.ts';
import { looksForSomething } from './search.ts';

const UNITS: Readonly<Record<Collapse, string>> = { PRODUCT: 'product', LOOK: 'look', VARIANT: 'variant' };

/** How many results there are, in a sentence: for the eye above the results, and announced to screen readers. */
export function countInWords({ search, page, nearest }: Shown): string {
  const { value, exact } = page.totalCount;
  const unit = UNITS[search.collapse];
  const products = `${exact ? '' : 'at least '}${counted(value, unit)}`;
  if (value === 0) return `No ${unit}s`;
  if (!looksForSomething(search)) return products;
  if (nearest) return 'No real match';
  return search.weak ? `${products}, the best match first` : `${products} ${value === 1 ? 'matches' : 'match'}`;
}
