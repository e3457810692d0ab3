import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCatalogCounts } from '../../../src/catalog/catalog-counts.ts';
import { mainCurrency, NO_CURRENCY } from '../../../src/database/main-currency.ts';
import { productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let opened: ReturnType<typeof createCatalogCounts>[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await sql`truncate product, catalog_count cascade`.execute(database.db);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const counts of opened) await counts.close();
  opened = [];
});
afterAll(() => database.close());

function open() {
  const counts = createCatalogCounts(database.db, {
    onFailure: (error) => {
      throw error;
    },
  });
  opened.push(counts);
  return counts;
}

async function add(sku: string, currency: string | null, attributes: Record<string, string[]> = {}): Promise<void> {
  const price = { price_lowest: currency && '1', price_highest: currency && '1', price_currency: currency };
  const values = {
    id: productId(sku),
    group_id: sku,
    title: sku,
    content_hash: sku,
    attributes: JSON.stringify(attributes),
    ...price,
  };
  await database.db.insertInto('product').values(values).execute();
}

/** As if it had taken so long the last time, so long ago: nobody waits for what takes long. */
async function pretend(name: 'CURRENCIES' | 'ATTRIBUTES', milliseconds: number, secondsAgo: number): Promise<void> {
  await sql`update catalog_count set milliseconds = ${milliseconds}::float8, counted_at = clock_timestamp() - make_interval(secs => ${secondsAgo}::float8)
    where name = ${name}`.execute(database.db);
}

describe('the currencies of a shop', () => {
  it('are counted, that of most products first, of several the first of the alphabet', async () => {
    expect(await mainCurrency(database.db)).toBe(NO_CURRENCY);
    for (const [n, currency] of ['USD', 'EUR', 'USD', 'EUR', 'JPY', null].entries()) await add(`P${n}`, currency);
    expect(await open().currencies()).toEqual([
      { currency: 'EUR', products: 2 },
      { currency: 'USD', products: 2 },
      { currency: 'JPY', products: 1 },
    ]);
    expect(await mainCurrency(database.db)).toBe('EUR');
  });

  it('are counted anew after a change where that takes no time', async () => {
    const counts = open();
    expect(await counts.currencies()).toEqual([]);
    await add('P1', 'USD');
    counts.changed();
    expect(await counts.currencies()).toEqual([{ currency: 'USD', products: 1 }]);
    const asked = Promise.all([counts.currencies(), counts.currencies()]);
    expect(await asked).toHaveLength(2);
  });

  it('are those that are kept where counting takes long, until they have been counted behind', async () => {
    await add('P1', 'USD');
    await open().currencies();
    await pretend('CURRENCIES', 1_000, 90);
    const counts = open();
    await add('P2', 'EUR');
    await add('P3', 'EUR');
    counts.changed();
    // A second of counting is not waited for; 90 seconds after, and not before, it is worth another one.
    expect(await counts.currencies()).toEqual([{ currency: 'USD', products: 1 }]);
    expect(await counts.currencies()).toEqual([{ currency: 'USD', products: 1 }]);
    await pretend('CURRENCIES', 1_000, 101);
    const later = open();
    later.changed();
    expect(await later.currencies()).toEqual([{ currency: 'USD', products: 1 }]);
    await vi.waitFor(async () => {
      expect(await later.currencies()).toEqual([
        { currency: 'EUR', products: 2 },
        { currency: 'USD', products: 1 },
      ]);
    });
  });

  it('are known of what another process has counted, a moment later', async () => {
    await add('P1', 'USD');
    const counts = open();
    await counts.currencies();
    await pretend('CURRENCIES', 1_000, 0);
    const here = open();
    await here.currencies();
    await sql`update catalog_count set counts = '[{"currency": "CHF", "products": 9}]', counted_at = clock_timestamp()`.execute(
      database.db,
    );
    expect(await here.currencies()).toEqual([{ currency: 'USD', products: 1 }]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 });
    await here.currencies();
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await here.currencies()).toEqual([{ currency: 'CHF', products: 9 }]));
  });
});

describe('the attributes of a shop', () => {
  it('have kind, coverage and number of values', async () => {
    for (let n = 0; n < 40; n++) {
      await add(`P${n}`, null, {
        ...{ weight: [n === 0 ? 'heavy' : String(n % 7)], color: n % 2 === 0 ? ['Red', 'Blue'] : ['Red'] },
        ...(n < 10 && { size: [n % 2 === 0 ? '38' : 'M'] }),
      });
    }
    expect(await open().attributes()).toEqual([
      { name: 'color', kind: 'TEXT', products: 40, coverage: 1, value_count: 2 },
      { name: 'weight', kind: 'NUMBER', products: 40, coverage: 1, value_count: 8 },
      { name: 'size', kind: 'TEXT', products: 10, coverage: 0.25, value_count: 2 },
    ]);
  });

  it('are none of an empty shop', async () => {
    expect(await open().attributes()).toEqual([]);
  });
});
