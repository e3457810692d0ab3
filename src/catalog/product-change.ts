import { badInput } from '../errors.ts';
import { checkProduct, type RawProduct } from './check-product.ts';
import type { ProductInput } from './product-input.ts';

/** What a shop may change of a product: everything but its sku. What is not there stays. */
export type ProductChange = Partial<Omit<ProductInput, 'sku'>>;

/** A change as a request hands it in: what is undefined stays, null clears. */
export type RawChange = Omit<RawProduct, 'sku'>;

type Problems = NonNullable<ReturnType<typeof checkProduct>['problems']>;

/** What cannot be cleared. */
const NEVER_NULL = { title: 'text', availability: 'a state' } as const;

/**
 * Checks and tidies a change as `checkProduct` does a product.
 *
 * @returns the change, or every problem found, each an AppError BAD_USER_INPUT with its path from the product down
 */
export function checkChange(
  raw: RawChange,
): { change: ProductChange; problems: undefined } | { change: undefined; problems: Problems } {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
  const cleared = Object.entries(NEVER_NULL)
    .filter(([name]) => given[name] === null)
    .map(([name, what]) => badInput(name, `${what}: it cannot be cleared, only left out`, null));
  // Title and sku are what no product lacks; these two are checked in the product that is changed.
  const others = Object.fromEntries(
    Object.entries(given).filter(([name, value]) => !(name in NEVER_NULL && value === null)),
  );
  // So is the currency of a price before that comes without a price: it has to be that of the product's.
  const { compareAtPrice: price = null } = raw;
  const { product, problems } = checkProduct({ sku: 'sku', title: 'title', price, ...others });
  const [first, ...rest] = [...cleared, ...(problems ?? [])];
  if (first !== undefined || product === undefined)
    return { change: undefined, problems: [first ?? badInput('', 'a change', raw), ...rest] };
  return {
    change: Object.fromEntries(Object.entries(product).filter(([name]) => name in given)),
    problems: undefined,
  };
}
