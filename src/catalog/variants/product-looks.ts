import { combinationOf, distinctCount, needed, type VariantAttributes } from './product-options.ts';

/** A variant as far as looks go. */
export interface PicturedVariant {
  readonly attributes: VariantAttributes;
  /** Its pictures by what they are (a source, or the hash of their content), the main one first. */
  readonly pictures: readonly string[];
}

/** Which variants look the same. */
export interface ProductLooks {
  /** Of each variant the number of its look, from 0 in the order in which they first come. */
  readonly lookOf: readonly number[];
  /** Those of the options that change the picture. */
  readonly options: readonly string[];
  readonly count: number;
}

/**
 * Variants look the same that have the same values of those options that change the picture: from the last option on, those are dropped without which the others still tell the first picture.
 * Where even all options do not tell it, each first picture is a look.
 *
 * @param options - of the product, in order
 * @param variants - in the shop's order
 */
export function looksOf(options: readonly string[], variants: readonly PicturedVariant[]): ProductLooks {
  if (variants.length < 2) return { lookOf: variants.map(() => 0), options: [], count: variants.length };
  const attributes = variants.map((variant) => variant.attributes);
  const first = variants.map(({ pictures }) => pictures[0] ?? '');
  /** Whether variants with the same values of these have the same first picture. */
  const tell = (names: readonly string[]) =>
    new Set(variants.map((variant, place) => `${combinationOf(variant.attributes, names)} ${first[place]}`)).size ===
    distinctCount(attributes, names);
  if (!tell(options)) return { ...numbered(first), options };
  const changing = needed(options, (names) => Number(tell(names)));
  return { ...numbered(attributes.map((each) => combinationOf(each, changing))), options: changing };
}

function numbered(keys: readonly string[]): Pick<ProductLooks, 'lookOf' | 'count'> {
  const numbers = new Map<string, number>();
  for (const key of keys) if (!numbers.has(key)) numbers.set(key, numbers.size);
  return { lookOf: keys.map((key) => numbers.get(key) ?? 0), count: numbers.size };
}

/** A picture of a product, and the looks that it shows. */
export interface LookPicture<Picture> {
  readonly picture: Picture;
  /** Null: of no look in particular. */
  readonly looks: readonly number[] | null;
}

/**
 * The pictures of a product in its shop's order, each once: those of each look after another, then those that belong to no variant.
 *
 * @param variants - of each variant its pictures and the number of its look
 * @param general - pictures of no variant in particular
 * @param keyOf - what makes two pictures the same one
 */
export function picturesOfLooks<Picture>(
  variants: readonly { readonly pictures: readonly Picture[]; readonly look: number }[],
  general: readonly Picture[],
  keyOf: (picture: Picture) => string,
): LookPicture<Picture>[] {
  const isOneLook = new Set(variants.map(({ look }) => look)).size < 2;
  const found = new Map<string, { picture: Picture; looks: Set<number> }>();
  for (const { pictures, look } of variants.toSorted((a, b) => a.look - b.look)) {
    for (const picture of pictures) {
      const known = found.get(keyOf(picture)) ?? { picture, looks: new Set<number>() };
      found.set(keyOf(picture), known);
      known.looks.add(look);
    }
  }
  const generalKeys = new Set(general.map(keyOf));
  const listed = [...found].map(([key, { picture, looks }]) => ({
    picture,
    looks: isOneLook || generalKeys.has(key) ? null : [...looks].sort((a, b) => a - b),
  }));
  const others = general.filter((picture) => !found.has(keyOf(picture)));
  const unique = new Map(others.map((picture) => [keyOf(picture), picture]));
  return [...listed, ...[...unique.values()].map((picture) => ({ picture, looks: null }))];
}
