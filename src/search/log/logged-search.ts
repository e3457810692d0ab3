import type { NewSearch } from '../../database/search-tables.ts';
import { realArray } from '../../database/vector-sql.ts';
import type { QueryWords } from '../query/query-words.ts';
import type { SearchQuery } from '../query/search-query.ts';
import type {
  ImageSource,
  MatchQuality,
  SearchPlan,
  SearchRequest,
  SearchResult,
  SearchTerm,
} from '../request/search-request.ts';

/** One answered search: its first page. */
export interface SearchRecord {
  /** Checked: its defaults may be filled in or left out. */
  readonly request: Readonly<{ [K in keyof SearchRequest]: SearchRequest[K] | undefined }>;
  /** Null where a filter was browsed. */
  readonly query: SearchQuery | null;
  readonly strategy: SearchPlan['strategy'];
  /** Products of the result, where they were counted in passing. */
  readonly candidates: number | null;
  /** The products of the page. */
  readonly results: readonly Pick<SearchResult, 'productId'>[];
  /** Of the best match, wherever it stands; null for an empty result. */
  readonly bestRelevance: number | null;
  readonly matchQuality: MatchQuality;
  readonly milliseconds: number;
}

/** The row of a search in the log. */
export function loggedSearch(record: SearchRecord, row: { id: string; createdAt: Date }): NewSearch {
  const { strategy, candidates, results, bestRelevance, matchQuality, milliseconds } = record;
  return {
    ...storedQuery(record, row),
    strategy,
    candidates,
    result_count: results.length,
    match_quality: matchQuality,
    best_relevance: bestRelevance,
    milliseconds,
  };
}

/** The row of a query without an outcome. */
export function storedQuery(
  { request, query }: Pick<SearchRecord, 'request' | 'query'>,
  { id, createdAt }: { id: string; createdAt: Date },
): NewSearch {
  const { terms, filter, words, sort, first: _first, after: _after, ...options } = request;
  const vectors = query?.vectors ?? null;
  return {
    id,
    created_at: createdAt,
    terms: JSON.stringify((terms ?? []).map(loggedTerm)),
    filter: JSON.stringify(filter ?? {}),
    options: JSON.stringify(unusual(options)),
    sort: terms?.length === 0 && (sort ?? 'RELEVANCE') === 'RELEVANCE' ? 'NEWEST' : (sort ?? 'RELEVANCE'),
    word_matching: words ?? 'AUTO',
    model_id: vectors?.modelId ?? null,
    strategy: null,
    candidates: null,
    result_count: null,
    match_quality: null,
    best_relevance: null,
    milliseconds: null,
    picture_vector: vectors && realArray(vectors.pictures.vector),
    picture_mean: vectors?.pictures.mean ?? null,
    picture_standard_deviation: vectors?.pictures.standardDeviation ?? null,
    text_vector: vectors && realArray(vectors.texts.vector),
    text_mean: vectors?.texts.mean ?? null,
    text_standard_deviation: vectors?.texts.standardDeviation ?? null,
    words: query?.words?.slots.map(({ word }) => word) ?? [],
    names: namesIn(query?.words ?? null),
    word_query: query?.words ? JSON.stringify(query.words) : null,
    scoring: query && JSON.stringify(query.scoring),
  };
}

/** What the query names, for people: keys of titles, brands, codes as text search queries. */
function namesIn(words: QueryWords | null): string[] {
  if (words === null) return [];
  const { titles, bareTitles, brands, codes } = words.names;
  return [...new Set([...titles, ...bareTitles, ...brands, ...(codes === null ? [] : [codes])])];
}

/** A term without any picture: of that only where it came from. */
function loggedTerm({ match, weight = 1 }: SearchTerm) {
  switch (match.kind) {
    case 'text':
      return { text: match.text, weight };
    case 'product':
      return { product: match.product.kind === 'sku' ? { sku: match.product.sku } : { id: match.product.id }, weight };
    case 'image': {
      const picture: ImageSource['kind'] = match.source.kind;
      return { picture, ...(match.region && { region: match.region }), weight };
    }
  }
}

/** What differs from the defaults of a search (search-request.ts). */
function unusual(options: Record<string, unknown>): Record<string, unknown> {
  const usual: Readonly<Record<string, unknown>> = {
    minRelevance: 0,
    unavailable: 'LAST',
    spelling: 'MEND',
    collapse: 'PRODUCT',
  };
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) =>
        value !== undefined && value !== null && value !== usual[name] && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
