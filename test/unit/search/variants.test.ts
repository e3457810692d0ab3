import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/tables.ts';
import { SORTS } from '../../../src/search/filter/fields.ts';
import type { ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import { findProductIds } from '../../../src/search/filter/product-ids.ts';
import { resolveFilters } from '../../../src/search/filter/resolve-filter.ts';
import { sortValue } from '../../../src/search/ranking/order-keys.ts';
import { shownVariants } from '../../../src/search/ranking/variant-statements.ts';

const asked: string[] = [];
/** A shop without anything, which notes what it is asked. */
const empty = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  log: ({ query }) => {
    asked.push(query.sql);
  },
});
const text = (statement: RawBuilder<unknown>) => statement.compile(empty).sql.replaceAll(/\s+/g, ' ');

const ID = '6F0A4E36-6A0C-4B54-9D5E-3F1F6F1D2C11';
const RED: ResolvedFilter = { attributes: [{ name: 'color', in: ['Red'] }], brand: { in: ['Acme'] } };
const shown = {
  filter: RED,
  sort: 'RELEVANCE',
  collapse: 'PRODUCT',
  currency: 'USD',
  results: [{ result_id: ID, product_id: ID, image_id: null }],
} as const;

describe('keys of products', () => {
  it('are looked up where they are skus, all in one statement, and not where they are ids', async () => {
    asked.length = 0;
    const byId = await findProductIds(empty, [{ kind: 'id', id: ID }]);
    expect([byId({ kind: 'id', id: ID }), asked]).toEqual([ID.toLowerCase(), []]);
    const bySku = await findProductIds(empty, [
      { kind: 'sku', sku: 'a' },
      { kind: 'sku', sku: 'b' },
    ]);
    expect(bySku({ kind: 'sku', sku: 'a' })).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('from "product_variant" where "sku" = any($1::text[])');
  });

  it('match nothing where no variant has the sku, and leave nothing out', async () => {
    const unknown = [{ kind: 'sku', sku: 'nobody' }] as const;
    const filter = { product: { in: unknown }, not: { product: { notIn: unknown } } };
    expect(await resolveFilters(empty, [{ filter, path: 'filter' }], undefined)).toEqual([
      { product: { in: [] }, not: { product: { notIn: [] } } },
    ]);
  });
});

describe('the variant that a result shows', () => {
  it('satisfies what is asked of variants, can be bought, has the picture, and is the first of these', () => {
    const statement = text(shownVariants(shown));
    expect(statement).toContain('(v.attributes @> $2::jsonb) is true as satisfies');
    expect(statement).toContain(
      'order by m.satisfies desc, m.available desc, m.pictured desc, m.position, m.id limit 1',
    );
    expect(statement).not.toContain('brand');
  });

  it.each([
    ['PRICE_ASC', 'asc'],
    ['PRICE_DESC', 'desc'],
    ['NUMBER_ASC', 'asc'],
    ['NUMBER_DESC', 'desc'],
  ] as const)('is by what results are sorted by before its picture: %s', (sort, direction) => {
    expect(text(shownVariants({ ...shown, sort, sortAttribute: 'weight' }))).toContain(
      `m.available desc, m.sorted ${direction} nulls last, m.pictured desc`,
    );
  });

  it('is what results are sorted by: its price, whatever the others cost', () => {
    const value = text(sortValue(SORTS.PRICE_DESC, { sortAttribute: undefined, currency: 'USD', filter: RED }));
    expect(value).toMatch(
      /^case when p\.variant_count = 1 then case when p\.price_currency = \$1::text then p\.price_highest end else/,
    );
    expect(value).toContain('v.product_id = p.id and v.attributes @> $3::jsonb');
    expect(value).toContain("order by v.availability = 'OUT_OF_STOCK', money_of_variant desc nulls last limit 1");
  });
});
