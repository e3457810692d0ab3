import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draws } from '../../support/draws.ts';
import { type OracleReport, runOracle } from '../../support/oracle-run.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

/** ORACLE_QUERIES=100000 in the long run. */
const QUERIES = Number(process.env.ORACLE_QUERIES ?? draws(1600));
/** Another one asks other questions of other shops. */
const SEED = Number(process.env.ORACLE_SEED ?? 1);
/** No hurry: a hundred thousand take an hour. */
const LONG = { timeout: 24 * 3600 * 1000 };

/** Fewer products than PRODUCTS_BY_INDEX match most filters; all that do are compared. */
const PRODUCTS = 300;

/** Enough for the index to be asked, with so few compared, and to miss some. */
const PRODUCTS_BY_INDEX = 1500;
const EXACT_LIMIT = 150;
/** Of fewer, one that misses much moves the mean too far. */
const FEWEST_BY_INDEX = 100;
const QUERIES_BY_INDEX = Math.max(FEWEST_BY_INDEX, Math.ceil(QUERIES / 10));
const LEAST_RECALL = 0.98;

let shop: SearchShop;
beforeEach(async () => {
  shop = await openSearchShop();
});
afterEach(() => shop.close());

function shown(report: OracleReport): string {
  const { recalls, ...others } = report;
  const recall = recalls.length === 0 ? {} : { recall: recalls.reduce((sum, one) => sum + one, 0) / recalls.length };
  return JSON.stringify({ ...others, ...recall });
}

describe(`searches of random shops, seed ${SEED}`, () => {
  it(`find what a plain comparison with every product finds, ${QUERIES} times`, LONG, async ({ annotate }) => {
    const report = await runOracle(shop, { seed: SEED, queries: QUERIES, products: PRODUCTS });
    await annotate(shown(report));
    expect(report.byStrategy.EXACT).toBeGreaterThan(QUERIES / 2);
    expect(report.unclear).toBeLessThan(1 + QUERIES / 50);
  });

  it(
    `find most of it by the index, ${QUERIES_BY_INDEX} times, and nothing that is wrong`,
    LONG,
    async ({ annotate }) => {
      await shop.buildIndexes();
      const report = await runOracle(shop, {
        seed: SEED,
        queries: QUERIES_BY_INDEX,
        products: PRODUCTS_BY_INDEX,
        deps: { exactLimit: EXACT_LIMIT },
      });
      await annotate(shown(report));
      expect(report.recalls.length).toBeGreaterThan(QUERIES_BY_INDEX / 4);
      expect(report.recalls.reduce((sum, one) => sum + one, 0) / report.recalls.length).toBeGreaterThan(LEAST_RECALL);
    },
  );

  it(
    `find most of it by sketches, ${QUERIES_BY_INDEX} times, while triggers keep them in step`,
    LONG,
    async ({ annotate }) => {
      // Clusters and counts are those of a shop that is gone: they guide searches, and need not be right.
      const before = Array.from({ length: 200 }, (_, number) => ({
        sku: `before-${number}`,
        pictures: [along({ red: 1, blue: number })],
      }));
      await shop.add(before);
      await shop.buildIndexes({ least: 100, leastDimensions: 1 });
      await shop.remove(...before.map(({ sku }) => sku));
      const report = await runOracle(shop, {
        seed: SEED + 1,
        queries: QUERIES_BY_INDEX,
        products: PRODUCTS_BY_INDEX,
        deps: { exactLimit: EXACT_LIMIT },
      });
      await annotate(shown(report));
      expect(report.byStrategy.SKETCH).toBeGreaterThan(QUERIES_BY_INDEX / 8);
      expect(report.recalls.reduce((sum, one) => sum + one, 0) / report.recalls.length).toBeGreaterThan(LEAST_RECALL);
    },
  );
});
