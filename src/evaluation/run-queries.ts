import { readFile } from 'node:fs/promises';
import { AppError, invariant } from '../errors.ts';
import type { ProductFilter, SearchPage, SearchRequest, SearchTerm } from '../search/request/search-request.ts';
import type { FoundProduct, ProductLookup } from './catalogue-facts.ts';
import type { Configuration } from './configuration.ts';
import type { Distortion, EvaluationQuery, QueryPicture } from './evaluation-query.ts';
import { type Hit, withOwnProduct } from './own-product.ts';

/** What asking the queries takes; all bound to one shop and one model. */
export interface RunDeps {
  readonly search: (request: SearchRequest, signal?: AbortSignal) => Promise<SearchPage>;
  readonly findProducts: ProductLookup['found'];
  /** The other picture of its product that looks most like this one; undefined without another. */
  readonly nearestOtherPicture: (picture: { imageId: string; productId: string }) => Promise<OtherPicture | undefined>;
  /** The bytes of a picture of the catalogue. @throws AppError IMAGE_NOT_FOUND */
  readonly loadPicture: (imageId: string) => Promise<Uint8Array>;
  /** Results to read: all products of a small shop, READ_AT_LEAST of a large one. */
  readonly depth: number;
  /** @param key - the same distortion of the same key is the same to the last pixel */
  readonly distort: (picture: Uint8Array, distortion: Distortion, key: string) => Promise<Uint8Array>;
}

export interface OtherPicture {
  readonly imageId: string;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}

/** One query and what was found. */
export interface Outcome {
  readonly query: EvaluationQuery;
  /** Best first, at most RunDeps.depth. */
  readonly results: readonly FoundProduct[];
  /** Whether these are all the results that there are. */
  readonly complete: boolean;
  /** Of the first page, with loading and encoding the picture; making a distorted copy is not in it. */
  readonly milliseconds: number;
}

/** All queries, asked in one way. */
export interface Run {
  readonly configuration: Configuration;
  /** In the order of the queries. */
  readonly outcomes: readonly Outcome[];
  /** Queries a second, CONCURRENCY at a time. */
  readonly queriesPerSecond: number;
  /** Milliseconds that half, and 95 of 100, of the queries took at most. */
  readonly p50: number;
  readonly p95: number;
}

/** Results that are read of each query: as many as a page may have. */
export const READ_AT_LEAST = 100;
/** Queries under way at once: one is encoded while another is looked up. */
export const CONCURRENCY = 2;

/**
 * Asks all queries through the search that shoppers use. Products that are out of stock count as any others: stock is no matter of quality.
 *
 * @throws AppError as the search does, with where the query that failed comes from; the run ends there
 */
export async function runQueries(
  deps: RunDeps,
  queries: readonly EvaluationQuery[],
  configuration: Configuration,
  options: { signal?: AbortSignal; onProgress?: (done: number) => void } = {},
): Promise<Run> {
  const outcomes = new Array<Outcome>(queries.length);
  const waiting = queries.entries();
  let done = 0;
  const failed = new AbortController();
  async function worker(): Promise<void> {
    for (const [index, query] of waiting) {
      options.signal?.throwIfAborted();
      if (failed.signal.aborted) return;
      outcomes[index] = await ask(deps, query, configuration, options.signal);
      options.onProgress?.(++done);
    }
  }
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, () =>
      worker().catch((error: unknown) => {
        failed.abort();
        throw error;
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1_000;
  const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.ceil(share * times.length) - 1] ?? Number.NaN;
  return {
    configuration,
    outcomes,
    queriesPerSecond: queries.length / seconds,
    p50: percentile(0.5),
    p95: percentile(0.95),
  };
}

async function ask(
  deps: RunDeps,
  query: EvaluationQuery,
  configuration: Configuration,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  try {
    const request = requestOf(query, await termsOf(deps, query, configuration), configuration);
    const started = performance.now();
    const page = await deps.search(request, signal);
    const milliseconds = performance.now() - started;
    const { hits, hasNextPage } = await readOn(deps, request, page, signal);
    const all = query.leftOut === 'OWN_PICTURE' ? await insertOwn(deps, query, hits, hasNextPage) : hits;
    const results = await deps.findProducts(all);
    return { query, results, complete: !hasNextPage, milliseconds };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${query.origin}: ${error.message}`, { cause: error, path: error.path });
  }
}

/** The results of the first page and of those behind it, as deep as is to be read. */
async function readOn(deps: RunDeps, request: SearchRequest, first: SearchPage, signal: AbortSignal | undefined) {
  const results = [...first.results];
  let { hasNextPage } = first;
  while (hasNextPage && results.length < deps.depth) {
    const last = results.at(-1);
    invariant(last !== undefined, 'a page before another has results');
    const page = await deps.search({ ...request, after: last.cursor }, signal);
    results.push(...page.results);
    hasNextPage = page.hasNextPage;
  }
  const hits = results.map(({ productId, imageId, similarity }): Hit => ({ productId, imageId, similarity }));
  return { hits, hasNextPage };
}

async function termsOf(deps: RunDeps, { text, picture }: EvaluationQuery, configuration: Configuration) {
  const terms: SearchTerm[] = [];
  if (text !== null) terms.push({ match: { kind: 'text', text }, weight: configuration.textWeight });
  if (picture !== null) {
    terms.push({
      match: { kind: 'image', source: await sourceOf(deps, picture) },
      weight: configuration.pictureWeight,
    });
  }
  return terms;
}

/** The bytes of a file or of a distorted copy; a picture of the catalogue itself has its vector already. */
async function sourceOf(deps: RunDeps, picture: QueryPicture) {
  if (picture.kind === 'catalogue' && picture.distortion === null) {
    return { kind: 'productImage', id: picture.imageId } as const;
  }
  return { kind: 'bytes', bytes: await pictureBytes(deps, picture) } as const;
}

/** The picture that a query asks with, distorted if it is. @throws AppError IMAGE_NOT_FOUND */
export async function pictureBytes(
  deps: Pick<RunDeps, 'loadPicture' | 'distort'>,
  picture: QueryPicture,
): Promise<Uint8Array> {
  if (picture.kind === 'file') return readFile(picture.path);
  const bytes = await deps.loadPicture(picture.imageId);
  return picture.distortion === null ? bytes : deps.distort(bytes, picture.distortion, picture.imageId);
}

function requestOf(
  { picture, expected, leftOut }: EvaluationQuery,
  terms: readonly SearchTerm[],
  { words, filterByCategory }: Configuration,
): SearchRequest {
  const own = leftOut !== 'NOTHING' && picture?.kind === 'catalogue' ? picture.productId : undefined;
  const filter: ProductFilter | undefined =
    filterByCategory && expected.category
      ? { category: { in: [{ kind: 'path', path: expected.category }] } }
      : undefined;
  return {
    terms,
    words,
    first: READ_AT_LEAST,
    unavailable: 'SHOW',
    ...(filter && { filter }),
    ...(own !== undefined && { exclude: [{ kind: 'id', id: own }] }),
  };
}

async function insertOwn(deps: RunDeps, { picture }: EvaluationQuery, hits: readonly Hit[], hasNextPage: boolean) {
  invariant(picture?.kind === 'catalogue', 'only a picture of the catalogue has a product to leave it out of');
  const other = await deps.nearestOtherPicture(picture);
  return withOwnProduct(hits, other && { productId: picture.productId, ...other }, { hasNextPage, depth: deps.depth });
}
