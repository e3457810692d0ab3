import type { Kysely } from 'kysely';
import type { ActiveModel } from '../../database/embedding-models.ts';
import type { Database } from '../../database/tables.ts';
import { parseVector } from '../../database/vector-sql.ts';
import type { Embedder, Region } from '../../embedding/embedder.ts';
import type { Embedding } from '../../embedding-vector.ts';
import { AppError, badInput } from '../../errors.ts';
import { findProductIds } from '../filter/product-ids.ts';
import type { CheckedTerm } from '../request/check-request.ts';
import type { ImageSource, ProductKey, SearchMatch } from '../request/search-request.ts';
import { type ChosenView, chooseView } from './choose-view.ts';
import { composeQuery, type QueryPart } from './compose-query.ts';
import type { QueryPicture, QueryVectors } from './search-query.ts';
import { meanPictureVector, productExists, textVectorOfProduct, vectorOfPicture } from './term-statements.ts';

interface QueryVectorDeps {
  readonly db: Kysely<Database>;
  readonly model: ActiveModel;
  readonly embedder: Embedder;
  readonly loadImage: (source: ImageSource) => Promise<Uint8Array>;
  /** Whether a query picture has nothing in it that could be looked for. (none is so) */
  readonly isEmptyPicture?: ((bytes: Uint8Array, region?: Region) => Promise<boolean>) | undefined;
}

/** A text to encode: one of the request, or its mended form. */
export type EncodedTerm = CheckedTerm & {
  /** Place of its term in the request, from 0. */
  readonly term: number;
  /** 0 to 1: how well the model can read it. (1) */
  readonly readability?: number;
};

/** The vectors of a query, and the kind and weight of each part. */
export interface EncodedQuery {
  readonly vectors: QueryVectors;
  readonly parts: readonly QueryPart[];
  /** What pictures were taken for, in the order of the terms; without those that were taken as they are. */
  readonly pictures: readonly QueryPicture[];
}

/**
 * The terms of a search as vectors: texts and pictures are encoded, products and pictures of the catalogue bring the vectors they have. A picture with nothing in it
 * takes no part beside other terms; alone it has a vector as any other has, and a readability of 0: what is nearest to it is no match.
 *
 * @param terms - at least one
 * @throws AppError BAD_USER_INPUT (unknown product, terms that cancel out), IMAGE_*, ENCODER_OVERLOADED
 */
export async function encodeQuery(
  deps: QueryVectorDeps,
  terms: readonly EncodedTerm[],
  signal: AbortSignal | undefined,
): Promise<EncodedQuery> {
  const all = await Promise.all(
    terms.map(async ({ match, weight, term, readability = 1 }) => ({
      weight,
      term,
      readability,
      ...(await vectorOf(deps, match, `terms.${term}.match`, signal)),
    })),
  );
  const told = all.filter(({ kind, readability }) => kind === 'text' || readability > 0);
  const parts = told.length > 0 ? told : all;
  const { statistics, id: modelId } = deps.model;
  const { shares: taken, ...pictures } = composeQuery(parts, statistics, 'picture');
  const { shares: _, ...texts } = composeQuery(parts, statistics, 'text');
  const nothing = new Float32Array(pictures.vector.length);
  const shares = Array.from(
    { length: 1 + Math.max(...all.map(({ term }) => term)) },
    (__, term) => taken[term] ?? nothing,
  );
  return {
    parts,
    pictures: all.flatMap(({ term, view }) => (view === undefined ? [] : { term, ...view })),
    vectors: { modelId, pictures, texts, shares: shares.length > 1 ? shares : undefined },
  };
}

type TermVector = Pick<QueryPart, 'vector' | 'kind' | 'isProduct' | 'readability'> & {
  readonly view?: Omit<ChosenView, 'vector'>;
};

async function vectorOf(
  deps: QueryVectorDeps,
  match: SearchMatch,
  path: string,
  signal: AbortSignal | undefined,
): Promise<TermVector> {
  const options = { priority: 'query' as const, ...(signal && { signal }) };
  switch (match.kind) {
    case 'text':
      return { vector: await deps.embedder.embedText(match.text, options), kind: 'text' };
    case 'product':
      return vectorOfProduct(deps, match.product, `${path}.product`);
    case 'image': {
      const stored = match.region === undefined ? await storedVector(deps, match.source) : undefined;
      if (stored !== undefined) return { vector: stored, kind: 'picture' };
      const bytes = await deps.loadImage(match.source);
      const [part, isEmpty = false] = await Promise.all([
        partOf(deps, bytes, match, options),
        deps.isEmptyPicture?.(bytes, match.region),
      ]);
      return { ...part, kind: 'picture', ...(isEmpty && { readability: 0 }) };
    }
  }
}

/** The part of a picture that was asked for, or the one that is meant. */
async function partOf(
  deps: QueryVectorDeps,
  bytes: Uint8Array,
  match: Extract<SearchMatch, { kind: 'image' }>,
  options: { priority: 'query'; signal?: AbortSignal },
): Promise<Pick<TermVector, 'vector' | 'view'>> {
  if (match.region !== undefined || match.adjust === false || match.source.kind === 'productImage') {
    const region = match.region && { region: match.region };
    return { vector: await deps.embedder.embedImage(bytes, { ...options, ...region }) };
  }
  const { vector, ...view } = await chooseView(deps, bytes, options);
  return { vector, view };
}

/** The vector that a picture of the catalogue has already; undefined for other pictures and while it has none. */
async function storedVector({ db, model }: QueryVectorDeps, source: ImageSource): Promise<Embedding | undefined> {
  if (source.kind !== 'productImage') return undefined;
  const row = await vectorOfPicture(db, { table: model.imageTable, imageId: source.id }).executeTakeFirst();
  if (row === undefined) throw new AppError('IMAGE_NOT_FOUND', `no picture of the catalogue has the id ${source.id}`);
  return row.vector === null ? undefined : parseVector(row.vector);
}

/** The mean direction of its pictures; its text where it has none. */
async function vectorOfProduct({ db, model }: QueryVectorDeps, key: ProductKey, path: string): Promise<TermVector> {
  const productId = (await findProductIds(db, [key]))(key);
  const named = key.kind === 'id' ? key.id : key.sku;
  if (productId === undefined) throw badInput(path, 'a product of this shop', named);
  const pictures = await meanPictureVector(db, { table: model.imageTable, productId }).executeTakeFirst();
  if (pictures?.vector) return { vector: parseVector(pictures.vector), kind: 'picture', isProduct: true };
  const text = await textVectorOfProduct(db, { table: model.textTable, productId }).executeTakeFirst();
  if (text !== undefined) return { vector: parseVector(text.vector), kind: 'text', isProduct: true };
  const exists = (await productExists(db, productId).executeTakeFirst()) !== undefined;
  const expected = exists ? 'a product with a picture or text that is searchable already' : 'a product of this shop';
  throw badInput(path, expected, named);
}
