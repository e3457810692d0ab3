import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LUMA_FEED, lumaIsHere } from '../support/luma.ts';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { LUMA_QUERIES, type LumaQuery } from './luma-queries.ts';

/** 716 pictures are embedded. */
const SLOW = 900_000;
/**
 * As they came, 2026-11-30: 16. "v-neck tee" finds Karissa V-Neck Tee, which the list does not have; "digital wach" finds a watch whose description says digital before Dash Digital Watch. Since then "jumprope" and
 * "push up grips" are STRONG, and "digital wach" is WEAK: words but for a blank are sure, mended ones never. With products in place of rows "womens compression shorts" finds others, too: 17.
 */
const LEAST_RIGHT = 17;

describe.skipIf(!lumaIsHere)('words on the Luma catalogue', () => {
  let server: ShopServer;
  beforeAll(async () => {
    server = await startShopServer();
    const { failed } = await server.shop.importFeed({ path: LUMA_FEED, missing: 'KEEP', confirmed: false });
    expect(failed).toBe(0);
  }, SLOW);
  afterAll(() => server?.close());

  it(
    'find what is right for twenty queries that were written before any was asked',
    async () => {
      const answers: string[] = [];
      let right = 0;
      for (const query of LUMA_QUERIES) {
        const { isRight, told } = await ask(query);
        if (isRight) right += 1;
        answers.push(`${isRight ? 'right' : 'WRONG'}  ${query.text}: ${told}`);
      }
      console.log(`${right} of ${LUMA_QUERIES.length} right\n${answers.join('\n')}`);
      expect(right).toBeGreaterThanOrEqual(LEAST_RIGHT);
    },
    SLOW,
  );

  async function ask({ text, skus, first = 1, quality }: LumaQuery): Promise<{ isRight: boolean; told: string }> {
    const page = await server.shop.searchProducts({ terms: [{ match: { kind: 'text', text } }], first });
    const products = await server.shop.getProductsByIds(page.results.map(({ productId }) => productId));
    const found = products.flatMap((product) => (product === undefined ? [] : [product]));
    const isFound =
      found.length === first &&
      found.every(({ variants }) => variants.some(({ sku }) => skus.some((beginning) => sku.startsWith(beginning))));
    const isRight = quality.some((each) => each === page.matchQuality) && (skus.length === 0 || isFound);
    return { isRight, told: `${page.matchQuality} ${found.map(({ groupId }) => groupId).join(', ')}` };
  }
});
