import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCursor } from '../../../src/search/pages/cursor.ts';
import type { SearchPage, SearchRequest } from '../../../src/search/request/search-request.ts';
import { searchProducts } from '../../../src/search/search-products.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop } from '../../support/search-shop.ts';

/** More than three times what the windows of these tests hold. */
const PRODUCTS = 700;
const MAX_WINDOW = 210;

let shop: SearchShop;
beforeAll(async () => {
  const random = createRandom(5);
  shop = await openSearchShop({ maxWindow: MAX_WINDOW });
  await shop.add(
    Array.from({ length: PRODUCTS }, (_, index) => ({
      sku: `S${String(index).padStart(3, '0')}`,
      // Long, and of characters of four bytes: they go into the cursor of an order by title.
      title: `${'👗'.repeat(490)} ${Math.floor(random() * 50)}`,
      description: index % 2 === 0 ? 'Red' : 'Blue',
      brand: index % 3 === 0 ? 'Acme' : 'Bolt',
      availability: random() < 0.2 ? ('OUT_OF_STOCK' as const) : ('IN_STOCK' as const),
      ...(random() < 0.8 && { price: (random() * 10).toFixed(1) }),
      // Some are equals.
      ...(random() < 0.9 && { pictures: [AXES.map(() => Math.floor(random() * 3) - 0.7)] }),
    })),
  );
});
afterAll(() => shop.close());

const terms = [{ match: { kind: 'text' as const, text: 'red shirt' } }];
const pin = [400, 3, 699].map((index) => ({ kind: 'sku' as const, sku: `S${index}` }));

/** Goes on behind a result. */
const behind = (request: Partial<SearchRequest>, page: SearchPage, place = -1) =>
  shop.search({ ...request, after: page.results.at(place)?.cursor ?? '' });

/** The whole result from one long window. */
async function inOneWindow(request: Partial<SearchRequest>): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await searchProducts(
      { ...shop.deps, maxWindow: 5_000 },
      { terms: [], ...request, first: 100, ...(after !== undefined && { after }) },
    );
    found.push(...shop.skus(page));
    after = page.hasNextPage ? page.results.at(-1)?.cursor : undefined;
  } while (after !== undefined);
  return found;
}

describe('past the longest window', () => {
  it.each<[string, Partial<SearchRequest>]>([
    ['text and words', { terms }],
    ['vectors alone', { terms, words: 'OFF', unavailable: 'SHOW' }],
    ['words alone', { terms: [{ match: { kind: 'text', text: 'red' } }], words: 'ONLY' }],
    ['steering away', { terms: [{ match: { kind: 'text', text: 'red' }, weight: -1 }] }],
    ['boosts', { terms, boosts: [{ filter: { brand: { in: ['Acme'] } }, by: 0.3 }] }],
    ['boosts alone', { boosts: [{ filter: { brand: { in: ['Acme'] } }, by: -0.3 }] }],
    ['a least relevance', { terms, minRelevance: 1e-9 }],
    ['pins', { terms, pin }],
    ['pins while browsing', { pin }],
    ['variety, which chooses among more than a window', { terms, diversify: { candidates: 500 } }],
    ['browsing', {}],
    ...(['PRICE_ASC', 'PRICE_DESC', 'TITLE', 'NEWEST'] as const).flatMap((sort): [string, Partial<SearchRequest>][] => [
      [`${sort} with terms`, { terms, sort }],
      [`${sort} while browsing`, { sort, unavailable: 'HIDE' }],
    ]),
  ])('the order goes on exactly: %s', async (_, request) => {
    const expected = await inOneWindow(request);
    expect(expected.length).toBeGreaterThan(MAX_WINDOW + 100);
    expect(new Set(expected).size).toBe(expected.length);
    // Pages that end at the end of the window, before and behind it.
    for (const first of [70, 97]) expect((await shop.pages({ ...request, first })).flat()).toEqual(expected);
  });
});

describe('a cursor', () => {
  it('that is read twice gives the same page, in the window and past it, whoever reads it first', async () => {
    const request = { terms, first: 90 };
    let page = await shop.search(request);
    for (let number = 0; page.hasNextPage && number < 6; number++) {
      const both = await Promise.all([behind(request, page), behind(request, page)]);
      expect(shop.skus(both[0])).toEqual(shop.skus(both[1]));
      expect(shop.skus(await behind(request, page))).toEqual(shop.skus(both[0]));
      page = both[0];
    }
  });

  it('of any result goes on right behind it, in the window and past it', async () => {
    const all = await inOneWindow({ terms });
    const request = { terms, first: 100 };
    let start = 0;
    for (let page = await shop.search(request); page.hasNextPage; start += 100) {
      for (const place of [0, 41, 99])
        expect(shop.skus(await behind(request, page, place))).toEqual(
          all.slice(start + place + 1, start + place + 101),
        );
      page = await behind(request, page);
    }
    expect(start).toBeGreaterThan(400);
  });

  it('may be followed by pages of another size', async () => {
    const all = await inOneWindow({ terms });
    const found = [...shop.skus(await shop.search({ terms, first: 10 }))];
    let page = await shop.search({ terms, first: 10 });
    for (let first = 1; page.hasNextPage; first = 1 + ((first * 37) % 100)) {
      page = await behind({ terms, first }, page);
      found.push(...shop.skus(page));
    }
    expect(found).toEqual(all);
  });

  it('of several clients who make the same window grow at once gives all of them the same pages', async () => {
    const deps = { ...shop.deps, maxWindow: 5_000 };
    const start = await searchProducts(deps, { terms, first: 50 });
    const walk = async (first: number) => {
      const found: string[] = [];
      let page = start;
      while (page.hasNextPage) {
        page = await searchProducts(deps, { terms, first, after: page.results.at(-1)?.cursor ?? '' });
        found.push(...shop.skus(page));
      }
      return found;
    };
    const walks = await Promise.all([100, 100, 100, 73, 31].map(walk));
    expect(walks[0]).toHaveLength(PRODUCTS - 50);
    for (const found of walks) expect(found).toEqual(walks[0]);
  });

  it('is stale when its window was swept, and refused when it was tampered with or signed elsewhere', async () => {
    const { db } = shop.database;
    const request = { terms, first: 80 };
    const inWindow = await shop.search(request);
    let past = inWindow;
    for (let number = 0; number < 3; number++) past = await behind(request, past);
    for (const page of [inWindow, past]) {
      const after = page.results[5]?.cursor ?? '';
      const middle = Math.floor(after.length / 2);
      const tampered = `${after.slice(0, middle)}${after[middle] === 'A' ? 'B' : 'A'}${after.slice(middle + 1)}`;
      for (const refused of [tampered, after.slice(0, -4), `${after}AAAA`, 'x'.repeat(8001)])
        await expect(shop.search({ ...request, after: refused })).rejects.toMatchObject({
          code: 'BAD_USER_INPUT',
          path: ['after'],
        });
      const elsewhere = { ...shop.deps, cursorKey: new Uint8Array(32).fill(2) };
      await expect(searchProducts(elsewhere, { ...request, after })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      await expect(shop.search({ ...request, minRelevance: 0.1, after })).rejects.toMatchObject({
        code: 'CURSOR_STALE',
      });
    }
    await db.deleteFrom('search_window').execute();
    for (const page of [inWindow, past])
      await expect(behind(request, page)).rejects.toMatchObject({ code: 'CURSOR_STALE', path: ['after'] });
  });

  it('of an unknown window, as an older program may have given it, is stale', async () => {
    const place = { in: 'window', windowId: '00000000-0000-4000-8000-000000000000', position: 1 } as const;
    const { requestHash } = await import('../../../src/search/request/request-hash.ts');
    const { checkRequest } = await import('../../../src/search/request/check-request.ts');
    const hash = requestHash(checkRequest({ terms: [] }));
    const after = writeCursor(shop.deps.cursorKey, { requestHash: hash, modelId: null, place });
    await expect(shop.search({ after })).rejects.toMatchObject({ code: 'CURSOR_STALE' });
  });
});
