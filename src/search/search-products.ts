import type { Kysely } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { normalise } from '../embedding-vector.ts';
import { browseNewest } from './browse-newest.ts';
import { type CheckedRequest, checkRequest, isWantedText } from './check-request.ts';
import { type Cursor, readCursor, staleCursor } from './cursor.ts';
import { countProducts } from './nearest-products.ts';
import { productPredicates } from './product-filter.ts';
import type { Conditions } from './queries-neighbours.ts';
import { anyOf, matchesWords } from './queries-words.ts';
import { queryVector } from './query-vector.ts';
import { understandWords, withMendedTexts } from './query-words.ts';
import { rankByVectors, restByDistance } from './rank-by-vectors.ts';
import { rankByWordsAlone, restByWords } from './rank-by-words.ts';
import { firstPage, laterPage } from './ranked-page.ts';
import type { Ranking } from './ranking.ts';
import { requestHash } from './request-hash.ts';
import { resolveFilter } from './resolve-filter.ts';
import type { ImageSource, SearchPage, SearchRequest } from './search-request.ts';
import { readWindow, type StoredWindow } from './search-window.ts';

export interface SearchDeps {
  readonly db: Kysely<Database>;
  /** The active model and the embedder that speaks it, together, so that no search mixes two vector spaces. @throws AppError MODEL_NOT_READY */
  readonly activeModel: () => Promise<{ readonly model: ActiveModel; readonly embedder: Embedder }>;
  /** The bytes of a query picture. @throws AppError IMAGE_*, BAD_USER_INPUT */
  readonly loadImage: (source: ImageSource) => Promise<Uint8Array>;
  /** Signs cursors (HMAC-SHA256); the same for all processes of a shop. At least 32 bytes. */
  readonly cursorKey: Uint8Array;
}

/**
 * The one search: one request in, one page out.
 *
 * The first page ranks, and freezes the best 200 if there is a next page; later pages are cut from those, then go on in exact order.
 * The order is by nearest picture, together with the share of the words that match (rank-fusion.ts).
 *
 * @throws AppError BAD_USER_INPUT, IMAGE_*, CURSOR_STALE, ENCODER_OVERLOADED, MODEL_NOT_READY, TIMEOUT
 */
export async function searchProducts(
  deps: SearchDeps,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchPage> {
  const started = performance.now();
  const checked = checkRequest(request);
  const hash = requestHash(checked);
  const cursor = checked.after === undefined ? undefined : readCursor(deps.cursorKey, checked.after, hash);
  const where = productPredicates(await resolveFilter(deps.db, checked.filter));
  signal?.throwIfAborted();

  const page =
    checked.terms.length === 0
      ? await browseNewest(deps, { hash, where, first: checked.first, after: cursor?.place })
      : await rankedPage(deps, checked, { hash, where, cursor, signal });
  return { ...page, plan: { ...page.plan, milliseconds: performance.now() - started } };
}

interface SearchState {
  readonly hash: string;
  readonly where: Conditions;
  readonly cursor: Cursor | undefined;
  readonly signal: AbortSignal | undefined;
}

async function rankedPage(deps: SearchDeps, checked: CheckedRequest, state: SearchState): Promise<SearchPage> {
  const place = state.cursor?.place;
  const window = place !== undefined && 'windowId' in place ? await readWindow(deps.db, place.windowId) : undefined;
  const ranking =
    checked.words === 'ONLY'
      ? await wordRanking(deps, checked, state, window)
      : await vectorRanking(deps, checked, state, window);
  state.signal?.throwIfAborted();

  const { db, cursorKey } = deps;
  const request = { db, cursorKey, requestHash: state.hash, where: state.where, ranking, first: checked.first };
  if (place !== undefined && 'windowId' in place && window !== undefined) return laterPage(request, window, place);
  return firstPage(request, place?.in === 'page' ? place : undefined);
}

/** By vectors, with or without words. A kept window brings the query vector: nothing is encoded twice for one search. */
async function vectorRanking(
  deps: SearchDeps,
  { terms, words }: CheckedRequest,
  { where, cursor, signal }: SearchState,
  window: StoredWindow | undefined,
): Promise<Ranking> {
  const { db, loadImage } = deps;
  const { model, embedder } = await deps.activeModel();
  if (cursor !== undefined && cursor.modelId !== model.id)
    throw staleCursor('the shop has changed its embedding model');

  if (window?.query) {
    const query = normalise(window.query);
    return {
      modelId: model.id,
      query: window.query,
      words: window.words,
      count: () => countProducts(db, where),
      best: async () => window.ranked,
      rest: (p) => restByDistance(db, { model, query, where }, p),
    };
  }
  const wanted = terms.filter(isWantedText);
  const understood = words === 'AUTO' && wanted.length > 0 ? await understandWords(db, terms) : undefined;
  const asked = understood === undefined ? terms : withMendedTexts(terms, understood.mended);
  const query = await queryVector({ db, model, embedder, loadImage }, asked, signal);
  const textShare = sumOfWeights(wanted) / sumOfWeights(terms);
  return {
    modelId: model.id,
    query: [...query.vector],
    words: understood?.queries ?? [],
    count: () => countProducts(db, where),
    best: () => rankByVectors(db, { model, query, words: understood, textShare, where }),
    rest: (p) => restByDistance(db, { model, query: query.vector, where }, p),
  };
}

/** By words alone. What is counted are the products that match any of them. */
async function wordRanking(
  { db }: SearchDeps,
  { terms }: CheckedRequest,
  { where }: SearchState,
  window: StoredWindow | undefined,
): Promise<Ranking> {
  const understood = await understandWords(db, terms);
  const words = window === undefined ? understood : { ...understood, queries: window.words };
  const matching = [...where, matchesWords(anyOf(words.queries))];
  return {
    modelId: null,
    query: null,
    words: words.queries,
    count: () => countProducts(db, matching),
    best: () => rankByWordsAlone(db, { words, where }),
    rest: (p) => restByWords(db, { words, where }, p),
  };
}

function sumOfWeights(terms: CheckedRequest['terms']): number {
  return terms.reduce((sum, term) => sum + Math.abs(term.weight), 0);
}
