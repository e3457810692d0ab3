const OF_VARIANT = new Set(['sku', 'price', 'compareAtPrice', 'availability', 'quantity', 'gtin', 'mpn']);

/** A product of one variant as upsertProducts takes it, of all that is said of both: `{ sku, title, price, brand ... }`. Its group id is its sku. */
export function single(all: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(all);
  const variant = Object.fromEntries(entries.filter(([name]) => OF_VARIANT.has(name)));
  return { ...Object.fromEntries(entries.filter(([name]) => !OF_VARIANT.has(name))), variants: [variant] };
}
