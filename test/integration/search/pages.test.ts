import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertWindow } from '../../../src/search/pages/window-statements.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { along, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const random = createRandom(99);
const RED = { terms: [{ match: { kind: 'text' as const, text: 'red' } }], words: 'OFF' as const };
/** More than a window of 200 holds. */
const PRODUCTS = 300;
const WITHOUT_PICTURE = 5;

const products: ShopProduct[] = Array.from({ length: PRODUCTS }, (_, index) => ({
  sku: `S${String(index).padStart(3, '0')}`,
  title: index % 2 === 0 ? 'Even thing' : 'Odd thing',
  brand: index % 3 === 0 ? 'Acme' : 'Bolt',
  // Farther from red with each; a second picture is farther still.
  ...(index < PRODUCTS - WITHOUT_PICTURE && {
    pictures: [along({ red: 1, blue: index / 100 }), along({ red: 1, blue: 5 + random() })].slice(0, 1 + (index % 2)),
  }),
}));
const inOrder = products.map((product) => product.sku);

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

const windows = async () => (await shop.database.db.selectFrom('search_window').select('id').execute()).length;

describe('pages of a search by vectors', () => {
  it.each([1, 7, 24, 100])('are full, in order, and hold every product once, %i to a page', async (first) => {
    const pages = await shop.pages({ ...RED, first, ...(first === 1 && { filter: { brand: { in: ['Acme'] } } }) });
    const expected = first === 1 ? inOrder.filter((_, index) => index % 3 === 0) : inOrder;
    const withPicture = expected.filter((sku) => Number(sku.slice(1)) < PRODUCTS - WITHOUT_PICTURE);
    expect(pages.slice(0, -1).every((page) => page.length === first)).toBe(true);
    expect(pages.flat().slice(0, withPicture.length)).toEqual(withPicture);
    expect(pages.flat().toSorted()).toEqual(expected);
  });

  it('put products without a picture last, by id', async () => {
    const last = (await shop.pages({ ...RED, first: 100 })).flat().slice(-WITHOUT_PICTURE);
    expect(last.toSorted()).toEqual(inOrder.slice(-WITHOUT_PICTURE));
  });

  it('encode the query once, and keep one ranking', async () => {
    const before = { encoded: shop.encoded.length, windows: await windows() };
    await shop.pages({ ...RED, first: 50 });
    expect(shop.encoded.length - before.encoded).toBe(1);
    expect((await windows()) - before.windows).toBe(1);
  });

  it('keep no ranking where one page holds all', async () => {
    const before = await windows();
    const filter = { product: { in: inOrder.slice(0, 10).map((sku) => ({ kind: 'sku' as const, sku })) } };
    const page = await shop.search({ ...RED, filter });
    expect(page).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    expect(await windows()).toBe(before);

    const after = page.results[6]?.cursor as string;
    const rest = await shop.search({ ...RED, filter, after });
    expect(shop.skus(rest)).toEqual(inOrder.slice(7, 10));
    expect(rest).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const behindAll = await shop.search({ ...RED, filter, after: page.results[9]?.cursor as string });
    expect(behindAll).toMatchObject({ results: [], hasNextPage: false });
  });

  it('go on behind any result of a page, not only the last', async () => {
    const page = await shop.search({ ...RED, first: 10 });
    const next = await shop.search({ ...RED, first: 10, after: page.results[3]?.cursor as string });
    expect(shop.skus(next)).toEqual(inOrder.slice(4, 14));
  });

  it('repeat nothing and stay full while products come and go', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    let round = 0;
    do {
      const page = await shop.search({ ...RED, first: 20, ...(after !== undefined && { after }) });
      if (page.hasNextPage) expect(page.results).toHaveLength(20);
      seen.push(...shop.skus(page));
      after = page.hasNextPage ? page.results.at(-1)?.cursor : undefined;
      round++;
      // One that comes nearer than all the rest, and two that go: one seen already, one still to come.
      await shop.add([{ sku: `N${round}`, pictures: [along({ red: 1 })] }]);
      await shop.remove(seen[0] as string, inOrder[20 * round + 5] ?? 'none');
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(250);
    await shop.remove(...Array.from({ length: round }, (_, i) => `N${i + 1}`));
  });

  it('leave out products of the kept ranking that no longer satisfy the filter', async () => {
    const filter = { brand: { in: ['Bolt'] } };
    const page = await shop.search({ ...RED, filter, first: 5 });
    const following = await shop.search({ ...RED, filter, first: 5, after: page.results[4]?.cursor as string });
    const changed = shop.skus(following)[1] as string;
    await shop.database.db.updateTable('product').set({ brand: 'Crown' }).where('group_id', '=', changed).execute();
    const again = await shop.search({ ...RED, filter, first: 5, after: page.results[4]?.cursor as string });
    expect(shop.skus(again)).not.toContain(changed);
    expect(again.results).toHaveLength(5);
  });
});

describe('cursors', () => {
  it('are stale for another search, another model and a ranking that is an hour old', async () => {
    const { db } = shop.database;
    const page = await shop.search({ ...RED, first: 5 });
    const after = page.results[4]?.cursor as string;
    const stale = { code: 'CURSOR_STALE', path: ['after'] };
    await expect(shop.search({ ...RED, filter: { brand: { in: ['Acme'] } }, after })).rejects.toMatchObject(stale);
    await expect(shop.search({ ...RED, terms: [], after })).rejects.toMatchObject(stale);

    const { id } = await db.selectFrom('embedding_model').select('id').executeTakeFirstOrThrow();
    const other = '00000000-0000-4000-8000-000000000001';
    await db.deleteFrom('embedding_statistic').execute();
    await db.updateTable('embedding_model').set({ id: other }).execute();
    await expect(shop.search({ ...RED, after })).rejects.toMatchObject(stale);
    await db.updateTable('embedding_model').set({ id }).execute();

    await db
      .updateTable('search_window')
      .set({ created_at: new Date(Date.now() - 3_601_000) })
      .execute();
    await expect(shop.search({ ...RED, first: 5, after })).rejects.toMatchObject(stale);
    const kept = { id: other, request_hash: '', query: null, strategy: 'NONE', best_relevance: null } as const;
    await insertWindow({ ...kept, entries: '[]', complete: true }, true).execute(db);
    expect(await db.selectFrom('search_window').select('id').execute()).toEqual([{ id: other }]);
  });

  it('are refused when they are none', async () => {
    await expect(shop.search({ ...RED, after: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('browsing without terms', () => {
  it('gives every product once, newest first', async () => {
    const { db } = shop.database;
    const rows = await db
      .selectFrom('product')
      .select('group_id as sku')
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    const pages = await shop.pages({ first: 100 });
    expect(pages.flat()).toEqual(rows.map((row) => row.sku));
    expect(await shop.search({ first: 1 })).toMatchObject({ strategy: 'NONE', modelId: null });
  });

  it('repeats nothing while products are added', async () => {
    const page = await shop.search({ first: 10 });
    await shop.add([{ sku: 'NEW' }]);
    const next = await shop.search({ first: 100, after: page.results[9]?.cursor as string });
    expect(shop.skus(next)).not.toContain('NEW');
    expect(shop.skus(next).filter((sku) => shop.skus(page).includes(sku))).toEqual([]);
  });
});

describe('pages by words alone', () => {
  it('hold every product with any of the words once, those with more words first', async () => {
    const terms = [{ match: { kind: 'text' as const, text: 'Acme things' } }];
    const skus = (await shop.pages({ terms, words: 'ONLY', first: 30 })).flat();
    const rows = await shop.database.db.selectFrom('product').select(['group_id as sku', 'title', 'brand']).execute();
    const wordsOf = new Map(
      rows.map((row) => [row.sku, Number(row.title.endsWith('hing')) + Number(row.brand === 'Acme')]),
    );
    const counts = skus.map((sku) => wordsOf.get(sku));
    expect(new Set(skus).size).toBe(skus.length);
    expect(skus.toSorted()).toEqual([...wordsOf.keys()].toSorted());
    expect(skus.length).toBeGreaterThan(200);
    expect(counts).toEqual(counts.toSorted((a, b) => (b ?? 0) - (a ?? 0)));
  });
});
