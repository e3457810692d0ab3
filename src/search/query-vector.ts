import type { Kysely } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import { parseVector } from '../database/vector-sql.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { type Embedding, normalise } from '../embedding-vector.ts';
import { AppError, badInput } from '../errors.ts';
import type { CheckedTerm } from './check-request.ts';
import { type ComposedQuery, composeQuery, type QueryPart } from './compose-query.ts';
import { pictureVectorsOfProduct, productExists, textVectorOfProduct, vectorOfPicture } from './queries-terms.ts';
import { idOfProduct } from './resolve-filter.ts';
import type { ImageSource, ProductKey, SearchMatch } from './search-request.ts';

interface QueryVectorDeps {
  readonly db: Kysely<Database>;
  readonly model: ActiveModel;
  readonly embedder: Embedder;
  readonly loadImage: (source: ImageSource) => Promise<Uint8Array>;
}

/**
 * The terms of a search as one vector: texts and pictures are encoded, products and pictures of the catalogue bring the vectors they have.
 *
 * @param terms - at least one
 * @throws AppError BAD_USER_INPUT (unknown product, terms that cancel out), IMAGE_*, ENCODER_OVERLOADED
 */
export async function queryVector(
  deps: QueryVectorDeps,
  terms: readonly CheckedTerm[],
  signal: AbortSignal | undefined,
): Promise<ComposedQuery> {
  const parts = await Promise.all(
    terms.map(async ({ match, weight }, index) => ({
      weight,
      ...(await vectorOf(deps, match, `terms.${index}.match`, signal)),
    })),
  );
  return composeQuery(parts, deps.model.statistics);
}

type TermVector = Pick<QueryPart, 'vector' | 'pair'>;

async function vectorOf(
  deps: QueryVectorDeps,
  match: SearchMatch,
  path: string,
  signal: AbortSignal | undefined,
): Promise<TermVector> {
  const options = { priority: 'query' as const, ...(signal && { signal }) };
  switch (match.kind) {
    case 'text':
      return { vector: await deps.embedder.embedText(match.text, options), pair: 'TEXT_IMAGE' };
    case 'product':
      return vectorOfProduct(deps, match.product, `${path}.product`);
    case 'image': {
      const stored = match.region === undefined ? await storedVector(deps, match.source) : undefined;
      if (stored !== undefined) return { vector: stored, pair: 'IMAGE_IMAGE' };
      const bytes = await deps.loadImage(match.source);
      const region = match.region && { region: match.region };
      return { vector: await deps.embedder.embedImage(bytes, { ...options, ...region }), pair: 'IMAGE_IMAGE' };
    }
  }
}

/** The vector that a picture of the catalogue has already; undefined for other pictures and while it has none. */
async function storedVector({ db, model }: QueryVectorDeps, source: ImageSource): Promise<Embedding | undefined> {
  if (source.kind !== 'productImage') return undefined;
  const row = await vectorOfPicture(db, { table: model.imageTable, imageId: source.id }).executeTakeFirst();
  if (row === undefined) throw new AppError('IMAGE_NOT_FOUND', `no picture of the catalogue has the id ${source.id}`);
  return row.vector === null ? undefined : parseVector(row.vector);
}

/** The mean direction of its pictures; of its text where it has none. */
async function vectorOfProduct({ db, model }: QueryVectorDeps, key: ProductKey, path: string): Promise<TermVector> {
  const productId = idOfProduct(key);
  const pictures = await pictureVectorsOfProduct(db, { table: model.imageTable, productId }).execute();
  if (pictures.length > 0) {
    return { vector: meanDirection(pictures.map((row) => parseVector(row.vector))), pair: 'IMAGE_IMAGE' };
  }
  const text = await textVectorOfProduct(db, { table: model.textTable, productId }).executeTakeFirst();
  if (text !== undefined) return { vector: parseVector(text.vector), pair: 'TEXT_IMAGE' };
  const exists = (await productExists(db, productId).executeTakeFirst()) !== undefined;
  const expected = exists ? 'a product with a picture or text that is searchable already' : 'a product of this shop';
  throw badInput(path, expected, key.kind === 'id' ? key.id : key.sku);
}

function meanDirection(vectors: readonly Embedding[]): Embedding {
  const [first, ...others] = vectors;
  return normalise((first ?? []).map((value, i) => others.reduce((sum, vector) => sum + (vector[i] ?? 0), value)));
}
