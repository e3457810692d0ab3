import type { Kysely } from 'kysely';
import type { ActiveModel } from '../../database/embedding-models.ts';
import type { Database } from '../../database/tables.ts';
import { parseVector } from '../../database/vector-sql.ts';
import { cosineSimilarity, type Embedding } from '../../embedding-vector.ts';
import type { RankedProduct } from './ranking.ts';
import { pairKey, productTraits } from './trait-statements.ts';

/** What two products have in common beside their looks; the parts add up to 1. A judgement, not a measurement: looks first, since that is what a page of them shows. */
const LOOKS_COUNT = 0.5;
const CATEGORY_COUNTS = 0.25;
const BRAND_COUNTS = 0.25;
/** A brand or category that was just shown counts half as much three products later: so many of them take turns. A judgement, too. */
const FADING = 0.8;

/** How alike two products are, by what is known of each. */
export interface Traits {
  readonly vector: Embedding | undefined;
  readonly brand: string | null;
  readonly categoryId: string | null;
}

/**
 * Puts the first products in an order of more variety: each next one is the best by `(1 - strength) * closeness - strength * likeness`, where closeness is its
 * place in value between the first and the last of them, and likeness that to the most alike product chosen before (maximal marginal relevance, Carbonell and
 * Goldstein 1998, with brands and categories beside looks; those fade, since after one of each there would be no spread left).
 *
 * @param products - in order; at most 500
 * @param strength - 0 (as they are) to 1 (variety alone)
 */
export async function diversify(
  db: Kysely<Database>,
  model: ActiveModel | null,
  products: readonly RankedProduct[],
  strength: number,
): Promise<RankedProduct[]> {
  const pairs = products.map(({ productId, imageId }) => ({ product_id: productId, image_id: imageId }));
  const { rows } = await productTraits({ table: model?.imageTable ?? null, pairs }).execute(db);
  const traits = new Map(
    rows.map((row) => [
      pairKey(row),
      {
        brand: row.brand,
        categoryId: row.category_id,
        vector: row.vector === null ? undefined : parseVector(row.vector),
      },
    ]),
  );
  const arbitrary = model?.statistics.IMAGE_IMAGE?.mean ?? 0;
  const traitsOf = ({ productId, imageId }: RankedProduct) =>
    traits.get(pairKey({ product_id: productId, image_id: imageId }));
  const likeness = (a: RankedProduct, b: RankedProduct) => alike(traitsOf(a), traitsOf(b), arbitrary);
  return spreadOut(products, strength, likeness);
}

/** What two products have in common; the parts add up to 1 at most. */
export interface Likeness {
  /** Counts for the whole page: a look is to be seen once. */
  readonly looks: number;
  /** Counts the less the more products lie between: brands and categories are to take turns. */
  readonly kinship: number;
}

/**
 * Greedy choice. Gives the event loop a turn now and then: 500 products make 125,000 comparisons.
 */
export async function spreadOut(
  products: readonly RankedProduct[],
  strength: number,
  likeness: (a: RankedProduct, b: RankedProduct) => Likeness,
): Promise<RankedProduct[]> {
  const values = products.map(({ closeness, why }) => closeness + why.boost);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const left = products.map((product, index) => ({
    product,
    closeness: most > least ? ((values[index] ?? 0) - least) / (most - least) : 1,
    looks: 0,
    kinship: 0,
  }));
  type Candidate = (typeof left)[number];
  const worth = ({ closeness, looks, kinship }: Candidate) => (1 - strength) * closeness - strength * (looks + kinship);
  const chosen: RankedProduct[] = [];
  while (left.length > 0) {
    const worths = left.map(worth);
    const best = worths.indexOf(Math.max(...worths));
    for (const { product } of left.splice(best, 1)) {
      chosen.push(product);
      for (const other of left) {
        const { looks, kinship } = likeness(other.product, product);
        other.looks = Math.max(other.looks, looks);
        other.kinship = Math.max(other.kinship * FADING, kinship);
      }
    }
    if (chosen.length % TURN === 0) await new Promise(setImmediate);
  }
  return chosen;
}

/** Products chosen in one turn of the event loop: some 5 ms with 500 to choose from and 256 dimensions. */
const TURN = 20;

/** Looks count from what arbitrary pictures have in common. */
function alike(a: Traits | undefined, b: Traits | undefined, arbitrary: number): Likeness {
  if (a === undefined || b === undefined) return { looks: 0, kinship: 0 };
  const looks = a.vector && b.vector ? (cosineSimilarity(a.vector, b.vector) - arbitrary) / (1 - arbitrary) : 0;
  return {
    looks: LOOKS_COUNT * Math.max(0, looks),
    kinship:
      (a.categoryId !== null && a.categoryId === b.categoryId ? CATEGORY_COUNTS : 0) +
      (a.brand !== null && a.brand === b.brand ? BRAND_COUNTS : 0),
  };
}
