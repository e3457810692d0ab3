import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOracle } from '../../support/oracle-run.ts';
import { openSearchShop, type SearchShop } from '../../support/search-shop.ts';

/** On each database: 2,000 in CI. ORACLE_QUERIES=100000 in the long run. */
const QUERIES = Number(process.env.ORACLE_QUERIES ?? 1000);
/** Another one asks other questions of other shops. */
const SEED = Number(process.env.ORACLE_SEED ?? 1);
const LONG = 24 * 3600 * 1000;

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
});
afterAll(() => shop.close());

describe('searches of random shops', () => {
  it(`are what a plain comparison with every product gives: ${QUERIES} queries, seed ${SEED}`, {
    timeout: LONG,
  }, async () => {
    const report = await runOracle(shop, { seed: SEED, queries: QUERIES });
    expect(report.queries).toBe(QUERIES);
    console.log(report);
  });
});
