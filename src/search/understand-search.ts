import type { Kysely } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import type { Embedder, Region } from '../embedding/embedder.ts';
import type { ResolvedFilter } from './filter/product-filter.ts';
import { findProductIds, type ProductIds } from './filter/product-ids.ts';
import { AVAILABLE } from './filter/product-scope.ts';
import { resolveFilters } from './filter/resolve-filter.ts';
import { type Cursor, staleCursor } from './pages/cursor.ts';
import type { StoredWindow } from './pages/search-window.ts';
import { askedVocabulary } from './query/database-vocabulary.ts';
import { encodedTexts } from './query/encoded-texts.ts';
import { encodeQuery } from './query/query-vector.ts';
import { type QueryWords, readWords } from './query/query-words.ts';
import type { ReadingDeps } from './query/reading-deps.ts';
import type { ResolvedSearch } from './query/resolved-search.ts';
import { shareOfTexts, vectorScoring, wordScoring } from './query/scoring.ts';
import type { SearchQuery } from './query/search-query.ts';
import { type CheckedRequest, type CheckedTerm, isWantedText } from './request/check-request.ts';
import { EXACT_LIMIT, RANKING_LIMITS } from './request/limits.ts';
import type { ImageSource, SpellingMode } from './request/search-request.ts';
import type { SearchTrace } from './search-trace.ts';

export interface UnderstandDeps {
  readonly db: Kysely<Database>;
  readonly activeModel: () => Promise<{ readonly model: ActiveModel; readonly embedder: Embedder }>;
  readonly loadImage: (source: ImageSource) => Promise<Uint8Array>;
  /** Whether a query picture has nothing in it that could be looked for. (none is so) */
  readonly isEmptyPicture?: ((bytes: Uint8Array, region?: Region) => Promise<boolean>) | undefined;
  /** The shop's language and synonyms: what words are read by. */
  readonly words: ReadingDeps;
  /** With at most so many matching products, all are compared. (EXACT_LIMIT) */
  readonly exactLimit?: number;
  /** Told what takes how long. */
  readonly time?: SearchTrace['time'];
}

const untimed: SearchTrace['time'] = (_stage, work) => work();

/**
 * @param kept - the window and cursor of a later page, whose query is used again: nothing is encoded twice for one search
 * @param wanted - products to rank at first
 * @throws AppError BAD_USER_INPUT, IMAGE_*, CURSOR_STALE, ENCODER_OVERLOADED, MODEL_NOT_READY
 */
export async function understandSearch(
  deps: UnderstandDeps,
  checked: CheckedRequest,
  kept: { readonly cursor: Cursor | undefined; readonly window: StoredWindow | undefined },
  wanted: number,
  signal: AbortSignal | undefined,
): Promise<ResolvedSearch> {
  const { db, time = untimed } = deps;
  const [filter = {}, ...boosted] = await time('FILTER', () =>
    resolveFilters(
      db,
      [
        { filter: checked.filter, path: 'filter' },
        ...checked.boosts.map(({ filter }, index) => ({ filter, path: `boosts.${index}.filter` })),
      ],
      checked.currency,
    ),
  );
  const productIds = await time('FILTER', () =>
    findProductIds(db, [...checked.pin, ...checked.exclude, ...(checked.unlike === undefined ? [] : [checked.unlike])]),
  );
  const { query, model } = await queryOf(deps, checked, kept, signal);
  return {
    filter: { and: [filter, notHidden(checked, productIds)] },
    textQuery: checked.words === 'ONLY' && query !== null ? (query.words?.any ?? '') : undefined,
    query,
    model,
    boosts: checked.boosts.map(({ by }, index) => ({ filter: boosted[index] ?? {}, by })),
    minRelevance: query === null ? 0 : checked.minRelevance,
    duplicateDistance: checked.unlike === undefined ? undefined : RANKING_LIMITS.duplicateDistance,
    sort: checked.sort,
    sortAttribute: checked.sortAttribute,
    collapse: checked.collapse,
    currency: checked.currency,
    unavailable: checked.unavailable,
    pinned: [...new Set(checked.pin.flatMap((key) => productIds(key) ?? []))],
    wanted,
    exactLimit: deps.exactLimit ?? EXACT_LIMIT,
  };
}

/** What leaves products out beside the filter that was asked for. */
function notHidden({ unavailable, exclude, unlike }: CheckedRequest, productIds: ProductIds): ResolvedFilter {
  const excluded = [...exclude, ...(unlike === undefined ? [] : [unlike])].flatMap((key) => productIds(key) ?? []);
  return {
    ...(unavailable === 'HIDE' && AVAILABLE),
    ...(excluded.length > 0 && { product: { notIn: excluded } }),
  };
}

interface UnderstoodQuery {
  readonly query: SearchQuery | null;
  /** Null where no vectors take part. */
  readonly model: ActiveModel | null;
}

async function queryOf(
  deps: UnderstandDeps,
  checked: CheckedRequest,
  { cursor, window }: { cursor: Cursor | undefined; window: StoredWindow | undefined },
  signal: AbortSignal | undefined,
): Promise<UnderstoodQuery> {
  if (checked.terms.length === 0) return { query: null, model: null };
  if (checked.words === 'ONLY') return { query: window?.query ?? (await queryOfWords(deps, checked)), model: null };
  const { model, embedder } = await deps.activeModel();
  if (cursor !== undefined && cursor.modelId !== model.id)
    throw staleCursor('the shop has changed its embedding model');
  return { query: window?.query ?? (await makeQuery({ ...deps, model, embedder }, checked, signal)), model };
}

async function queryOfWords(deps: UnderstandDeps, { terms, spelling }: CheckedRequest): Promise<SearchQuery> {
  const { time = untimed } = deps;
  const words = (await time('WORDS', () => wordsOf(deps, terms, 1, spelling))) ?? null;
  return { vectors: null, words, scoring: wordScoring(words) };
}

async function wordsOf(
  { db, words }: Pick<UnderstandDeps, 'db' | 'words'>,
  terms: readonly CheckedTerm[],
  share: number,
  spelling: SpellingMode,
): Promise<QueryWords | undefined> {
  const { analysis } = words;
  const synonyms = await words.synonyms();
  return readWords({ db, analysis, vocabulary: askedVocabulary(db), synonyms }, terms, share, {
    mend: spelling === 'MEND',
  });
}

/**
 * The terms of a search as vectors and words.
 *
 * @throws AppError BAD_USER_INPUT, IMAGE_*, ENCODER_OVERLOADED
 */
async function makeQuery(
  deps: Omit<UnderstandDeps, 'activeModel'> & { readonly model: ActiveModel; readonly embedder: Embedder },
  { terms, words: matching, spelling }: Pick<CheckedRequest, 'terms' | 'words' | 'spelling'>,
  signal: AbortSignal | undefined,
): Promise<SearchQuery> {
  const { time = untimed } = deps;
  const hasWords = matching === 'AUTO' && terms.some(isWantedText);
  const read = hasWords ? await time('WORDS', () => wordsOf(deps, terms, shareOfTexts(terms), spelling)) : undefined;
  const words = read ?? null;
  const texts = encodedTexts(deps.embedder, terms, words ?? { corrections: [], respellings: [] });
  const { vectors, parts, pictures } = await time('VECTORS', () => encodeQuery(deps, texts, signal));
  const scoring = vectorScoring(parts, deps.model.statistics, words);
  return { vectors, ...(pictures.length > 0 && { pictures }), words, scoring };
}
