import { type Kysely, sql } from 'kysely';
import type { ActiveModel } from '../../src/database/embedding-models.ts';
import type { Database } from '../../src/database/tables.ts';
import { pathOf } from './attribute-counts.ts';
import { exactTruth } from './exact-truth.ts';
import { type BandFilter, chooseFilterBands, type FilterBand } from './filter-bands.ts';
import { QUERY_KINDS, type QueryKind, readQueries, type WorkloadQuery } from './queries.ts';

/** One search of the workload: what is looked for, within what, and what is right. */
export interface FilteredSearch {
  readonly band: string;
  readonly query: WorkloadQuery;
  readonly filter: BandFilter;
  /** The nearest products, up to 50, nearest first. */
  readonly truth: readonly string[];
}

/** Searches of one band and kind. */
export interface SearchGroup {
  readonly band: FilterBand;
  readonly kind: QueryKind;
  readonly searches: readonly FilteredSearch[];
}

/**
 * So many searches for each band and kind of query, the same on every run, with what exact search finds.
 *
 * @param queries - of each kind, 1 to 100
 */
export async function filteredSearches(
  db: Kysely<Database>,
  p: { model: ActiveModel; queries: number; say: (line: string) => void },
): Promise<SearchGroup[]> {
  const bands = await chooseFilterBands(db);
  const groups: SearchGroup[] = [];
  for (const kind of QUERY_KINDS) {
    const queries = await readQueries(db, kind, p.queries);
    const anywhere = new Map<WorkloadQuery, readonly string[]>();
    for (const query of queries)
      anywhere.set(query, await exactTruth(db, p.model, query, { filter: {}, resolved: {} }));
    for (const band of bands) {
      p.say(`what is right: ${kind}, ${band.name}`);
      const searches: FilteredSearch[] = [];
      for (const [index, query] of queries.entries()) {
        const candidates = band.elsewhere ? await filtersElsewhere(db, band, anywhere.get(query) ?? []) : band.filters;
        const filter = candidates[index % candidates.length];
        if (filter === undefined)
          throw new Error(`expected a filter of band ${band.name} for ${query.about}, found none`);
        searches.push({ band: band.name, query, filter, truth: await exactTruth(db, p.model, query, filter) });
      }
      groups.push({ band, kind, searches });
    }
  }
  return groups;
}

/** Those filters on a category of which none of the products is in it. */
async function filtersElsewhere(
  db: Kysely<Database>,
  band: FilterBand,
  productIds: readonly string[],
): Promise<BandFilter[]> {
  const { rows } = await sql<{ path: string[] }>`
    select distinct c.path from product as p inner join category as c on c.id = p.category_id
    where p.id = any(${productIds}::uuid[])`.execute(db);
  const near = new Set(rows.map(({ path }) => path.join('\n')));
  return band.filters.filter(({ filter }) => !near.has(pathOf(filter).join('\n')));
}
