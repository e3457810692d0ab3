import { sql } from 'kysely';
import { toSql } from 'pgvector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddingStatistic } from '../../src/database/embedding-model-statements.ts';
import { invariant } from '../../src/errors.ts';
import { createRandom } from '../../src/seeded-random.ts';
import { type FashionShop, fashionIsHere, fashionShop } from '../support/fashion.ts';
import {
  greatestFall,
  MEAN_NOISE,
  meanSimilarities,
  similaritiesByWeight,
  type VectorTerm,
} from '../support/term-pull.ts';
import { HELD_OUT_QUERIES, TUNED_QUERIES } from './fashion-queries.ts';

const PAIRS_OF_A_KIND = 15;
const BALANCED_PAIRS = 100;
const WEIGHTS = [-1, -0.5, 0.25, 0.5, 0.75, 1];
/** Neither of a text and a picture, one to one, may have less of the combined pull, on average over the pairs. docs/decisions/0008-weights.md has what was seen. */
const LEAST_SHARE = 0.4;

const random = createRandom(1618);
const texts = [...TUNED_QUERIES, ...HELD_OUT_QUERIES].map((query) => query.text);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

describe.skipIf(!fashionIsHere)('weights of terms on the fashion catalogue', () => {
  let shop: FashionShop;
  beforeAll(async () => {
    shop = await fashionShop();
  });
  afterAll(() => shop?.close());

  async function text(): Promise<VectorTerm> {
    const said = pick(texts);
    return {
      vector: [...(await shop.embedder.embedText(said, { priority: 'query' }))],
      match: { kind: 'text', text: said },
    };
  }

  async function picture(): Promise<VectorTerm> {
    const { model } = await shop.deps.activeModel();
    const { id } = pick([...shop.products.values()]);
    const { rows } = await sql<{ vector: string }>`
      select embedding::text as vector from ${sql.table(model.imageTable)} where product_id = ${id} limit 1`.execute(
      shop.deps.db,
    );
    const [row] = rows;
    invariant(row !== undefined, `product ${id} has a picture`);
    return { vector: JSON.parse(row.vector) as number[], match: { kind: 'product', product: { kind: 'id', id } } };
  }

  it.each([
    ['text and picture', () => [text(), picture()]],
    ['picture and text', () => [picture(), text()]],
    ['picture and picture', () => [picture(), picture()]],
    ['text and text', () => [text(), text()]],
  ])('raising the first never lowers the mean similarity of the first page to it: %s', async (_, make) => {
    let fall = 0;
    for (let pair = 0; pair < PAIRS_OF_A_KIND; pair++) {
      const terms = await Promise.all(make());
      const others = [pair % 3 === 0 ? -0.7 : 0.9];
      fall = Math.max(fall, greatestFall(await similaritiesByWeight(shop.deps, terms, WEIGHTS, others)));
    }
    console.log(`greatest fall of a mean similarity: ${fall.toExponential(1)}`);
    expect(fall).toBeLessThanOrEqual(MEAN_NOISE);
  });

  /**
   * Measured twice, with `pull = (similarity - mean) / (nearestMean - mean)`: 0 for an arbitrary picture, 1 for the best match, and what composeQuery() adds up.
   * Over the catalogue: the share of each pull in the variance of their sum, which is what orders the products. On the first page: the share of the mean pull of each in the sum of both.
   */
  it('leaves neither a text nor a picture, one to one, with little of the combined pull', async () => {
    const { model } = await shop.deps.activeModel();
    const { TEXT_IMAGE, IMAGE_IMAGE } = model.statistics;
    invariant(TEXT_IMAGE !== undefined && IMAGE_IMAGE !== undefined, 'the catalogue was measured');
    const ofCatalogue: number[] = [];
    const ofPage: number[] = [];
    for (let pair = 0; pair < BALANCED_PAIRS; pair++) {
      const terms = [await text(), await picture()] as const;
      const pull = (vector: readonly number[], { mean, nearestMean }: EmbeddingStatistic) =>
        sql`(1 - (e.embedding::vector <=> ${toSql([...vector]) as string}::vector) - ${mean}::float8) / ${reach({ mean, nearestMean })}::float8`;
      const { rows } = await sql<{ text: number; picture: number }>`
        select covar_pop(text, text + picture) / var_pop(text + picture) as text,
          covar_pop(picture, text + picture) / var_pop(text + picture) as picture
        from (
          select ${pull(terms[0].vector, TEXT_IMAGE)} as text, ${pull(terms[1].vector, IMAGE_IMAGE)} as picture
          from ${sql.table(model.imageTable)} as e order by e.product_id limit 4000) as sample`.execute(shop.deps.db);
      ofCatalogue.push(rows[0]?.text ?? Number.NaN);
      const [ofText = 0, ofPicture = 0] = await meanSimilarities(shop.deps, terms, [1, 1]);
      const pulls = [
        (ofText - TEXT_IMAGE.mean) / reach(TEXT_IMAGE),
        (ofPicture - IMAGE_IMAGE.mean) / reach(IMAGE_IMAGE),
      ] as const;
      ofPage.push(pulls[0] / (pulls[0] + pulls[1]));
    }
    for (const [name, shares] of Object.entries({ ofCatalogue, ofPage })) console.log(name, summary(shares));
    for (const share of [mean(ofCatalogue), 1 - mean(ofCatalogue)]) expect(share).toBeGreaterThan(LEAST_SHARE);
    for (const share of [mean(ofPage), 1 - mean(ofPage)]) expect(share).toBeGreaterThan(LEAST_SHARE);
  });
});

/** From an arbitrary match to the best one. */
function reach({ mean, nearestMean }: Pick<EmbeddingStatistic, 'mean' | 'nearestMean'>): number {
  invariant(nearestMean !== null, 'the catalogue was measured');
  return nearestMean - mean;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Shares of the text. */
function summary(shares: readonly number[]): string {
  const sorted = shares.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN).toFixed(3);
  return `share of the text: mean ${mean(shares).toFixed(3)}, least ${at(0)}, p10 ${at(0.1)}, p50 ${at(0.5)}, p90 ${at(0.9)}, most ${at(1)}`;
}
