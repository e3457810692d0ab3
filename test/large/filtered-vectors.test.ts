import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ourSearch, recallOf } from '../../bench/workload/contenders.ts';
import { type FilteredSearch, filteredSearches, type SearchGroup } from '../../bench/workload/filtered-searches.ts';
import { openWorkload } from '../../bench/workload/open-workload.ts';
import { RECIPE } from '../../bench/workload/recipe.ts';
import { modelOf } from '../../bench/workload/workload.ts';
import type { OpenDatabase } from '../../src/database/database.ts';
import type { ActiveModel } from '../../src/database/embedding-models.ts';
import { fashionIsHere } from '../support/fashion.ts';

const SERVER = process.env.LOOKGRAPH_TEST_DATABASE_URL;
const PRODUCTS = 50_000;
const QUERIES = 10;
const FIRST = 10;
/** Up to so many matching products, nothing may be missed. */
const CERTAIN = 10_000;
/** As chooseFilterBands() promises. */
const SHARE_TOLERANCE = 0.2;

describe.skipIf(!fashionIsHere || SERVER === undefined)('filtered searches of 50,000 products by vectors', () => {
  let workload: OpenDatabase;
  let model: ActiveModel;
  let groups: SearchGroup[];

  beforeAll(async () => {
    workload = await openWorkload({
      products: PRODUCTS,
      serverUrl: SERVER,
      changed: 'MAKE_ANEW',
      say: console.log,
    });
    model = await modelOf(workload.db);
    groups = await filteredSearches(workload.db, { model, queries: QUERIES, say: () => {} });
  });
  afterAll(() => workload?.close());

  it('are made among products that follow the recipe, no two of them alike', async () => {
    const { rows } = await sql<Record<'products' | 'gone' | 'none' | 'two' | 'three' | 'four' | 'alike', number>>`
      select count(*) as products, count(*) filter (where availability = 'OUT_OF_STOCK') as gone,
        count(*) filter (where pictures = 0) as none, count(*) filter (where pictures = 2) as two,
        count(*) filter (where pictures = 3) as three, count(*) filter (where pictures = 4) as four,
        (select count(*) - count(distinct embedding::text) from ${sql.table(model.imageTable)})
          + (select count(*) - count(distinct embedding::text) from ${sql.table(model.textTable)}) as alike
      from product as p
      cross join lateral (select count(*) as pictures from ${sql.table(model.imageTable)} where product_id = p.id) as i`.execute(
      workload.db,
    );
    const [counted] = rows;
    expect(counted).toMatchObject({ products: PRODUCTS, alike: 0 });
    for (const [name, share] of Object.entries({ ...RECIPE.pictures, gone: RECIPE.outOfStock })) {
      const expected = share * PRODUCTS;
      // Four standard deviations of a fair draw.
      const found = counted?.[name as keyof typeof counted] ?? 0;
      expect(Math.abs(found - expected), `${name}: ${found}`).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it('fill every page and find what comparing everything finds, in every band', async () => {
    const search = ourSearch(workload.db, model);
    for (const { band, kind, searches } of groups) {
      const recalls: number[] = [];
      for (const one of searches) {
        const answer = await search(one, FIRST);
        const recall = recallOf(answer, one, FIRST);
        expect(answer.full, `page of ${about(one)}`).toBe(true);
        if (one.filter.matching <= CERTAIN) expect(recall, about(one)).toBe(1);
        recalls.push(recall);
      }
      const mean = recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
      console.log(`${kind}, ${band.name}: recall@${FIRST} ${mean.toFixed(3)}`);
      expect(mean, `${kind}, ${band.name}`).toBeGreaterThanOrEqual(band.name === 'none' ? 0.98 : 0.97);
    }
  });

  it('have filters of the shares that their bands are named after, and each has enough to choose from', () => {
    const shares = groups.filter(({ band }) => band.name.endsWith('%'));
    expect(new Set(shares.map(({ band }) => band.name))).toEqual(
      new Set(['50 %', '20 %', '5 %', '3 %', '1 %', '0.1 %', '0.01 %']),
    );
    for (const { band } of shares) {
      const wanted = (Number.parseFloat(band.name) / 100) * PRODUCTS;
      expect(band.filters.length, band.name).toBeGreaterThanOrEqual(2);
      for (const { filter, matching } of band.filters) {
        const context = `${band.name}: ${JSON.stringify(filter)}`;
        expect(Math.abs(matching - wanted), context).toBeLessThanOrEqual(SHARE_TOLERANCE * wanted);
      }
    }
  });

  it('have filters that nothing satisfies, and such that none of the products near the query does', () => {
    const of = (name: string) => groups.filter(({ band }) => band.name === name).flatMap(({ searches }) => searches);
    expect(of('nothing')).toHaveLength(2 * QUERIES);
    for (const one of of('nothing')) expect([one.filter.matching, one.truth.length]).toEqual([0, 0]);
    expect(of('elsewhere')).toHaveLength(2 * QUERIES);
    const anywhere = new Map(of('none').map(({ query, truth }) => [`${query.kind} ${query.number}`, new Set(truth)]));
    for (const { query, truth } of of('elsewhere')) {
      const near = anywhere.get(`${query.kind} ${query.number}`);
      expect(truth.filter((id) => near?.has(id))).toEqual([]);
      expect(truth).toHaveLength(50);
    }
  });
});

function about({ band, query, filter }: FilteredSearch): string {
  return `${band}, ${query.kind} ${query.number} (${query.about}), ${filter.matching} match: ${JSON.stringify(filter.filter)}`;
}
