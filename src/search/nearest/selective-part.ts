import type { Sketches } from '../../database/embedding-models.ts';
import { type ByKind, conditionsOf, type Field } from '../filter/fields.ts';
import type { ResolvedFilter } from '../filter/product-filter.ts';
import type { FieldName, ValueFilter } from '../request/search-request.ts';
import { matchingShares, matchingVectors } from './matching-shares.ts';

/**
 * The part of a filter that fewest vectors satisfy, if it is quicker to look these up and to read all of them than to intersect what indexes say of each part; undefined otherwise.
 *
 * "Black casual dresses": PostgreSQL would ask its index of attributes for all of 190,000 black casual things beside 12,000 dresses, which takes 20 ms, because it takes reading for dearer than it is. With the
 * dresses looked up by themselves the whole search went from 32 to 16 ms.
 */
export function selectivePart(
  { clusters, costs }: Pick<Sketches, 'clusters' | 'costs'>,
  filter: ResolvedFilter,
): ResolvedFilter | undefined {
  const rows = (part: ResolvedFilter) =>
    [clusters.pictures, clusters.texts].reduce(
      (sum, some) => sum + matchingVectors(some, matchingShares(some, part)),
      0,
    );
  const [best, ...others] = partsOf(filter)
    .map((part) => ({ part, rows: rows(part) }))
    .sort((a, b) => a.rows - b.rows);
  if (best === undefined) return undefined;
  const listing = ({ part, rows }: { part: ResolvedFilter; rows: number }) =>
    rows * (part.attributes ? costs.listedAttribute : costs.listed);
  const listed = others.reduce((sum, other) => sum + listing(other), 0);
  return best.rows * costs.read < listed ? best.part : undefined;
}

/** Filters of one condition each, of which an index says what satisfies it. */
function partsOf(filter: ResolvedFilter): ResolvedFilter[] {
  return [...(filter.and ?? []).flatMap(partsOf), ...conditionsOf(filter, PARTS)];
}

/** What is turned round (`notIn`) is in no list of an index; of availability, times and numbers of attributes there is none. */
const PARTS: ByKind<ResolvedFilter> = {
  tree: (ids, _, name) => [{ [name]: ids }],
  value: () => [],
  flag: () => [],
  values: lookedUp,
  code: lookedUp,
  money: (range, _, name) => [{ [name]: range }],
  period: () => [],
  picture: () => [],
  numbers: () => [],
  attributes: (attributes, _, field) =>
    attributes.flatMap(({ name, in: some }) => (some ? [{ [field]: [{ name, in: some }] }] : [])),
};

function lookedUp({ in: some }: ValueFilter, _: Field, name: FieldName): ResolvedFilter[] {
  return some ? [{ [name]: { in: some } }] : [];
}
