import { sql } from 'kysely';
import { toSql } from 'pgvector';
import { invariant } from '../../src/errors.ts';
import type { SearchResult, SearchTerm } from '../../src/search/request/search-request.ts';
import { type SearchDeps, searchProducts } from '../../src/search/search-products.ts';

/** A term of a search, and its vector. */
export interface VectorTerm {
  readonly match: SearchTerm['match'];
  readonly vector: readonly number[];
}

/** Products to a page, as the contract has it. */
const FIRST = 24;
/** More than any shop of these tests has. */
const ALL = 1_000_000;

/** What single, and of pictures half, precision leaves uncertain of a mean similarity. */
export const MEAN_NOISE = 2e-4;

/** The first page of a search by vectors alone, all of them compared, and the mean cosine of its pictures to each term. */
export async function meanSimilarities(
  deps: SearchDeps,
  terms: readonly VectorTerm[],
  weights: readonly number[],
): Promise<number[]> {
  // With sketches most searches look at candidates, whatever the limit.
  const activeModel = async () => {
    const inUse = await deps.activeModel();
    return { ...inUse, model: { ...inUse.model, sketches: null } };
  };
  const page = await searchProducts(
    { ...deps, activeModel, exactLimit: ALL },
    {
      terms: terms.map(({ match }, index) => ({ match, weight: weights[index] ?? 1 })),
      words: 'OFF',
      unavailable: 'SHOW',
      first: FIRST,
    },
  );
  invariant(page.strategy === 'EXACT', 'all were compared');
  return Promise.all(terms.map(({ vector }) => meanSimilarity(deps, page.results, vector)));
}

async function meanSimilarity(
  deps: SearchDeps,
  results: readonly SearchResult[],
  vector: readonly number[],
): Promise<number> {
  const { model } = await deps.activeModel();
  const { rows } = await sql<{ mean: number }>`
    select avg(1 - (e.embedding::vector <=> ${toSql([...vector]) as string}::vector)) as mean
    from ${sql.table(model.imageTable)} as e where e.image_id = any(${results.map(({ imageId }) => imageId)}::uuid[])`.execute(
    deps.db,
  );
  return rows[0]?.mean ?? Number.NaN;
}

/**
 * The mean similarities of first pages to one term, as its weight rises and the others' stay.
 *
 * @param weights - of the first term, ascending
 * @param others - of the other terms
 */
export async function similaritiesByWeight(
  deps: SearchDeps,
  terms: readonly VectorTerm[],
  weights: readonly number[],
  others: readonly number[],
): Promise<number[]> {
  const similarities: number[] = [];
  for (const weight of weights) {
    const [similarity = Number.NaN] = await meanSimilarities(deps, terms, [weight, ...others]);
    similarities.push(similarity);
  }
  return similarities;
}

/** By how much the greatest step downwards goes down; 0 where there is none. */
export function greatestFall(values: readonly number[]): number {
  return values.reduce((fall, value, index) => Math.max(fall, (values[index - 1] ?? value) - value), 0);
}
