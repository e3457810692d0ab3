import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { fillSmallShop } from '../support/small-shop.ts';

let server: ShopServer;
let client: pg.Client;
beforeAll(async () => {
  server = await startShopServer({ explain: true });
  await fillSmallShop(server);
  client = new pg.Client(server.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const SEARCH = `query ($input: ProductSearchInput!, $first: Int! = 5, $after: String) {
  searchProducts(input: $input, first: $first, after: $after) {
    edges { relevance node { sku: groupId } } pageInfo { endCursor }
    plan { milliseconds searchId stages { name milliseconds } statements { stage milliseconds sql } }
  }
}`;

interface Plan {
  readonly milliseconds: number;
  readonly searchId: string | null;
  readonly stages: readonly { readonly name: string; readonly milliseconds: number }[];
  readonly statements: readonly {
    readonly stage: string | null;
    readonly milliseconds: number;
    readonly sql: string;
  }[];
}

async function search(input: object, page: { first?: number; after?: string } = {}) {
  const { searchProducts } = await server.data(SEARCH, { input, ...page });
  const plan: Plan = searchProducts.plan;
  const skus: string[] = searchProducts.edges.map(({ node }: { node: { sku: string } }) => node.sku);
  return { plan, skus, end: searchProducts.pageInfo.endCursor as string };
}

const names = ({ stages }: Plan) => stages.map(({ name }) => name);
const RED_DRESS = { terms: [{ match: { text: 'red drses' } }] };

/** Runs a statement as psql would: `\set` gives a text a name, `:'name'` is that text in quotes. */
async function runInPsql(text: string): Promise<Record<string, unknown>[]> {
  const variables = new Map<string, string>();
  const statement = text.replaceAll(/^\\set (\w+) '(.*)'\n/gm, (_, name: string, value: string) => {
    variables.set(name, value);
    return '';
  });
  const { rows } = await client.query(
    statement.replaceAll(/:'(\w+)'/g, (_, name: string) => pg.escapeLiteral(variables.get(name) ?? 'no such variable')),
  );
  return rows;
}

describe('the plan of a search', () => {
  it('says what took how long, in the order in which it was done', async () => {
    const { plan } = await search({
      ...RED_DRESS,
      filter: { category: { in: [{ path: ['Apparel'] }] } },
      diversify: {},
    });
    expect(names(plan)).toEqual(['FILTER', 'WORDS', 'VECTORS', 'RANKING', 'VARIETY', 'PAGE']);
    const together = plan.stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    expect(together).toBeGreaterThan(0);
    expect(together).toBeLessThanOrEqual(plan.milliseconds);
    const order = plan.statements.map(({ stage }) => names(plan).indexOf(stage ?? ''));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it('has no stages that were not taken', async () => {
    expect(names((await search({ terms: [] })).plan)).toEqual(['FILTER', 'RANKING', 'PAGE']);
    expect(names((await search({ ...RED_DRESS, words: 'ONLY' })).plan)).toEqual(['FILTER', 'WORDS', 'RANKING', 'PAGE']);
    expect(names((await search({ ...RED_DRESS, words: 'OFF' })).plan)).toEqual([
      'FILTER',
      'VECTORS',
      'RANKING',
      'PAGE',
    ]);
    const { end } = await search(RED_DRESS);
    const later = await search(RED_DRESS, { after: end });
    expect(names(later.plan)).toEqual(['WINDOW', 'FILTER', 'PAGE']);
    expect(later.plan.statements.length).toBeGreaterThan(0);
  });

  it.each<[string, object]>([
    ['a text', RED_DRESS],
    [
      'two terms, a filter and a boost',
      {
        terms: [{ match: { text: 'shirt' } }, { match: { product: { sku: 'blue-dress' } }, weight: -0.5 }],
        filter: { price: { max: '150.50' }, attributes: [{ name: 'color', in: ['red', "o'range", 'blue'] }] },
        boosts: [{ filter: { brand: { in: ['Zenith'] } }, by: 0.3 }],
      },
    ],
    ['an order', { ...RED_DRESS, sort: 'PRICE_DESC' }],
    ['a browsed filter', { terms: [], filter: { availability: ['IN_STOCK'] } }],
  ])('has statements that psql runs as they are, and that find the same: %s', async (_, input) => {
    const { plan, skus } = await search(input);
    const found: string[] = [];
    for (const { stage, sql } of plan.statements) {
      const rows = await runInPsql(sql);
      if (stage === 'RANKING') found.push(...rows.flatMap(productIds));
    }
    const { rows } = await client.query<{ id: string; sku: string }>('select id, group_id as sku from product');
    const skuOf = new Map(rows.map(({ id, sku }) => [id, sku]));
    expect(found.flatMap((id) => skuOf.get(id) ?? []).slice(0, skus.length)).toEqual(skus);
  });

  it('leaves out what is kept for later pages: nobody who copies it wants to write', async () => {
    const { plan } = await search(RED_DRESS);
    expect(plan.statements.length).toBeGreaterThan(0);
    expect(plan.statements.filter(({ sql }) => /insert|update|delete/i.test(sql))).toEqual([]);
  });

  it('names the search in the log, where SQL asks it again', async () => {
    const { plan, skus } = await search(RED_DRESS, { first: 16 });
    expect(plan.searchId).toMatch(/^[0-9a-f-]{36}$/);
    const logged = () => client.query('select from analytics.search where id = $1', [plan.searchId]);
    await expect.poll(async () => (await logged()).rowCount, { timeout: 60_000 }).toBe(1);
    const { rows } = await client.query(`select sku from analytics.search_products('${plan.searchId}') order by rank`);
    expect(rows.map(({ sku }) => sku)).toEqual(skus);
  });

  it('names none where SQL cannot ask again: a later page, a browsed filter', async () => {
    const { end } = await search(RED_DRESS);
    expect((await search(RED_DRESS, { after: end })).plan.searchId).toBeNull();
    expect((await search({ terms: [] })).plan.searchId).toBeNull();
  });
});

/** The products of a row: of a ranking all at once, as JSON, an array for each that begins with its id. */
function productIds(row: Record<string, unknown>): string[] {
  if (typeof row.products === 'string') return (JSON.parse(row.products) as [string][]).map(([id]) => id);
  return [String(row.product_id ?? row.id ?? '')];
}
