// The statements that count over the whole catalogue, and keep what was counted; none is run here.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CatalogCountName, Database } from './tables.ts';

/** Products with a price in a currency. */
export interface CurrencyCount {
  /** ISO 4217. */
  readonly currency: string;
  readonly products: number;
}

/** An attribute, and how it is used. */
export interface AttributeCount {
  /** As the shop writes it. */
  readonly name: string;
  readonly kind: 'TEXT' | 'NUMBER';
  /** Products that have it, and their share of all, 0 to 1. */
  readonly products: number;
  readonly coverage: number;
  /** Different values. */
  readonly value_count: number;
}

/** The currencies of prices, that of most products first. */
export function currencyCounts(): RawBuilder<CurrencyCount> {
  return sql<CurrencyCount>`select currency, products from analytics.currency order by products desc, currency`;
}

/** The attributes of products, those of most products first. */
export function attributeCounts(limit: number): RawBuilder<AttributeCount> {
  return sql<AttributeCount>`
    select name, kind, products, coverage, value_count from analytics.attribute order by products desc, name limit ${limit}`;
}

/** What was counted last, and how old that is in milliseconds. */
export function keptCount(db: Kysely<Database>, name: CatalogCountName) {
  return db
    .selectFrom('catalog_count')
    .select([
      'counts',
      'milliseconds',
      'counted_at',
      sql<number>`extract(epoch from clock_timestamp() - counted_at)::float8 * 1000`.as('age'),
    ])
    .where('name', '=', name);
}

/** Keeps what was counted now, in place of what was kept. */
export function keepCount(
  db: Kysely<Database>,
  p: { readonly name: CatalogCountName; readonly counts: readonly unknown[]; readonly milliseconds: number },
) {
  const counts = JSON.stringify(p.counts);
  return db
    .insertInto('catalog_count')
    .values({ name: p.name, counts: sql`${counts}::jsonb`, milliseconds: p.milliseconds })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({
        counts: eb.ref('excluded.counts'),
        milliseconds: eb.ref('excluded.milliseconds'),
        counted_at: sql<Date>`clock_timestamp()`,
      })),
    )
    .returning('counted_at');
}
