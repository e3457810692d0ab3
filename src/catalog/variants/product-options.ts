/** What options are found from: the attributes of one variant, by name. */
export type VariantAttributes = Readonly<Record<string, readonly string[]>>;

/** The columns by which Google's feeds tell variants apart (Google Merchant Center help, "item_group_id"): what else differs is an option only where these do not tell all apart. */
const USUAL_OPTIONS = ['color', 'size', 'pattern', 'material', 'age_group', 'gender'] as const;

/** Variants of a product at most: fourteen sizes in fourteen colours. */
export const MAX_VARIANTS = 200;

/** Options of a product at most: what a shopper can choose between on one page. */
export const MAX_OPTIONS = 8;

/**
 * The names of what a shopper chooses between: the attributes that differ among the variants and are needed to tell them apart. Those are dropped without which no two variants become equal, the usual
 * options last.
 *
 * @param variants - in the shop's order, with all of their attributes
 * @param order - names in the shop's order, as its feed has them; the others follow as the variants name them
 * @returns names in the shop's order, at most 8; none for a single variant
 */
export function optionsOf(variants: readonly VariantAttributes[], order: readonly string[] = []): string[] {
  if (variants.length < 2) return [];
  const shown = [...new Set([...order, ...variants.flatMap((variant) => Object.keys(variant))])];
  const differing = usualFirst(shown).filter(
    (name) => new Set(variants.map((each) => valueOfAttribute(each, name))).size > 1,
  );
  const kept = new Set(needed(differing, (names) => distinctCount(variants, names)).slice(0, MAX_OPTIONS));
  return shown.filter((name) => kept.has(name));
}

/**
 * Drops names, from the last, as long as the others tell as much.
 *
 * @param tells - how much some of the names tell; all of them tell most
 */
export function needed(names: readonly string[], tells: (names: readonly string[]) => number): string[] {
  let kept = [...names];
  const whole = tells(kept);
  for (const name of names.toReversed()) {
    const others = kept.filter((other) => other !== name);
    if (tells(others) === whole) kept = others;
  }
  return kept;
}

/** What a variant says of an attribute, as one text that no other list of values gives. */
export function valueOfAttribute(attributes: VariantAttributes, name: string): string {
  return JSON.stringify(attributes[name] ?? []);
}

/** How many different combinations of values the variants have. */
export function distinctCount(variants: readonly VariantAttributes[], names: readonly string[]): number {
  return new Set(variants.map((variant) => combinationOf(variant, names))).size;
}

/** The values that a variant has of some attributes, as one text. */
export function combinationOf(variant: VariantAttributes, names: readonly string[]): string {
  return names.map((name) => valueOfAttribute(variant, name)).join(' ');
}

/** The usual options first, in the order in which shops show them; the others as they come. */
export function usualFirst(names: readonly string[]): string[] {
  const all = new Set(names);
  return [...USUAL_OPTIONS.filter((name) => all.has(name)), ...[...all].filter((name) => !isUsual(name))];
}

function isUsual(name: string): boolean {
  return USUAL_OPTIONS.some((usual) => usual === name);
}
