// The statements that find what has no vector yet and that write vectors, one function each; none is run here. Rows go in as one JSON
// parameter, so a statement reads the same for one row as for hundreds.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { EmbeddingModelRow } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import { imageEmbeddings, textEmbeddings, vectorFromText, vectorText } from '../database/vector-sql.ts';
import { storableText } from './check-text.ts';

/** Names a row of product_image; also a place in the order in which work is found. */
export interface PictureKey {
  readonly productId: string;
  readonly imageId: string;
}

/** Comes before every key. */
export const FIRST_KEY: PictureKey = {
  productId: '00000000-0000-0000-0000-000000000000',
  imageId: '00000000-0000-0000-0000-000000000000',
};

/** A picture that has no vector of a model. */
export interface PictureToEmbed extends PictureKey {
  /** As in product_image.source. */
  readonly source: string;
  /** Its name in the picture store; null until fetched. */
  readonly contentHash: string | null;
}

/** The text of a product that has no vector of a model, or one of another text. */
export interface TextToEmbed {
  readonly productId: string;
  readonly text: string;
  readonly textHash: string;
}

/** Pictures that have no vector of this model, in the order of their keys; without those that FAILED or are IGNORED. */
export function picturesWithoutVector(
  db: Kysely<Database>,
  model: EmbeddingModelRow,
  page: { after: PictureKey; limit: number },
) {
  return missingPictures(db, model)
    .select(['i.product_id as productId', 'i.id as imageId', 'i.source', 'i.content_hash as contentHash'])
    .where((eb) =>
      eb(
        eb.refTuple('i.product_id', 'i.id'),
        '>',
        eb.tuple(sql<string>`${page.after.productId}::uuid`, sql<string>`${page.after.imageId}::uuid`),
      ),
    )
    .orderBy('i.product_id')
    .orderBy('i.id')
    .limit(page.limit);
}

/** Contents of pictures that wait to be embedded. */
export function contentsWaiting(db: Kysely<Database>, limit: number) {
  return db
    .selectFrom('product_image')
    .distinct()
    .select('content_hash')
    .where('state', '=', 'PENDING')
    .where('content_hash', 'is not', null)
    .limit(limit);
}

export function countPicturesWithoutVector(db: Kysely<Database>, model: EmbeddingModelRow) {
  return missingPictures(db, model).select((eb) => eb.fn.countAll<number>().as('count'));
}

function missingPictures(db: Kysely<Database>, model: EmbeddingModelRow) {
  return db
    .selectFrom('product_image as i')
    .leftJoin(imageEmbeddings(model.imageTable, 'e'), (join) =>
      join.onRef('e.product_id', '=', 'i.product_id').onRef('e.image_id', '=', 'i.id'),
    )
    .where('e.image_id', 'is', null)
    .where('i.state', 'in', ['PENDING', 'READY']);
}

/** Products whose text has no vector of this model, in the order of their ids. */
export function textsWithoutVector(
  db: Kysely<Database>,
  model: EmbeddingModelRow,
  page: { afterProductId: string; limit: number },
) {
  return missingTexts(db, model)
    .select(['p.id as productId', PRODUCT_TEXT.as('text'), TEXT_HASH.as('textHash')])
    .where('p.id', '>', sql<string>`${page.afterProductId}::uuid`)
    .orderBy('p.id')
    .limit(page.limit);
}

export function countTextsWithoutVector(db: Kysely<Database>, model: EmbeddingModelRow) {
  return missingTexts(db, model).select((eb) => eb.fn.countAll<number>().as('count'));
}

function missingTexts(db: Kysely<Database>, model: EmbeddingModelRow) {
  return db
    .selectFrom('product as p')
    .leftJoin(textEmbeddings(model.textTable, 't'), 't.product_id', 'p.id')
    .where((eb) => eb.or([eb('t.product_id', 'is', null), eb('t.text_hash', '<>', TEXT_HASH)]));
}

/** Pictures and texts that have a vector of this model. */
export function countVectors(model: EmbeddingModelRow): RawBuilder<{ count: number }> {
  return sql<{ count: number }>`
    select (select count(*) from ${sql.table(model.imageTable)}) + (select count(*) from ${sql.table(model.textTable)}) as count`;
}

/**
 * What is encoded of a product `p`: the title, then the description, as two sentences. The title comes first because models cut what is
 * longer than their context (CLIP: 77 tokens, some 300 characters); more than 1,000 characters no model here reads. One text and
 * not two, because a product has one text vector. Made and hashed in SQL alone, so the two never differ.
 */
const PRODUCT_TEXT: RawBuilder<string> = sql<string>`left(concat_ws('. ', p.title, p.description), 1000)`;
const TEXT_HASH: RawBuilder<string> = sql<string>`encode(sha256(convert_to(${PRODUCT_TEXT}, 'UTF8')), 'hex')`;

/** Vectors of pictures with these contents that another row has already: sizes of one shirt share their pictures. */
export function vectorsOfContents(db: Kysely<Database>, model: EmbeddingModelRow, contentHashes: readonly string[]) {
  return db
    .selectFrom('product_image as i')
    .innerJoin(imageEmbeddings(model.imageTable, 'e'), (join) =>
      join.onRef('e.product_id', '=', 'i.product_id').onRef('e.image_id', '=', 'i.id'),
    )
    .distinctOn('i.content_hash')
    .select((eb) => [
      'i.content_hash as contentHash',
      'i.note',
      'i.margin',
      vectorText(eb.ref('e.embedding')).as('vector'),
    ])
    .where('i.content_hash', '=', sql<string>`any(${contentHashes}::text[])`);
}

export interface PictureVector extends PictureKey {
  readonly contentHash: string;
  /** As `formatVector` makes it. */
  readonly vector: string;
  /** What is not as it should be of the picture. */
  readonly note?: string | null;
  /** PictureLook.margin */
  readonly margin?: number | null;
}

/**
 * Writes vectors and, if the model is the active one, says that their pictures can be searched: both or neither. Passes over pictures that
 * have gone or show something else by now; locks the others against that, in the order of their keys against deadlocks: each product before its pictures, as those who
 * write products do, because their sketches (sql/functions/50_sketches.sql) are of both.
 */
export function writePictureVectors(
  model: EmbeddingModelRow,
  vectors: readonly PictureVector[],
): RawBuilder<{ count: number }> {
  return sql<{ count: number }>`
    with picture as (
      select i.product_id, i.id, r.vector, r.note, r.margin
      from json_to_recordset(${JSON.stringify(vectors)}::json) as r ("productId" uuid, "imageId" uuid, "contentHash" text, vector text, note text, margin real)
      join product as p on p.id = r."productId"
      join product_image as i on i.product_id = r."productId" and i.id = r."imageId" and i.content_hash = r."contentHash"
      order by i.product_id, i.id
      for no key update of p, i
    ), written as (
      insert into ${sql.table(model.imageTable)} as e (product_id, image_id, embedding)
      select product_id, id, ${vectorFromText(sql.ref('vector'))} from picture
      on conflict (product_id, image_id) do update set embedding = excluded.embedding
      returning e.product_id, e.image_id
    ), ready as (
      update product_image as i set state = 'READY', failure = null, note = p.note, margin = p.margin
      from written as w
      join picture as p on p.product_id = w.product_id and p.id = w.image_id
      where i.product_id = w.product_id and i.id = w.image_id and i.state <> 'READY' and ${isActive(model)}
    )
    select count(*) as count from written`;
}

export interface TextVector {
  readonly productId: string;
  readonly textHash: string;
  /** As `formatVector` makes it. */
  readonly vector: string;
}

/** Writes vectors of texts. Passes over products that have gone. */
export function writeTextVectors(model: EmbeddingModelRow, vectors: readonly TextVector[]): RawBuilder<unknown> {
  return sql`
    with text as (
      select p.id, r."textHash", r.vector
      from json_to_recordset(${JSON.stringify(vectors)}::json) as r ("productId" uuid, "textHash" text, vector text)
      join product as p on p.id = r."productId"
      order by p.id
      for no key update of p
    )
    insert into ${sql.table(model.textTable)} (product_id, text_hash, embedding)
    select id, "textHash", ${vectorFromText(sql.ref('vector'))} from text
    on conflict (product_id) do update set text_hash = excluded.text_hash, embedding = excluded.embedding`;
}

/** Says that pictures with a vector of this model can be searched, if it is the active one: those embedded while it was not. */
export function markEmbeddedPictures(model: EmbeddingModelRow): RawBuilder<unknown> {
  return sql`
    update product_image as i set state = 'READY'
    from ${sql.table(model.imageTable)} as e
    where e.product_id = i.product_id and e.image_id = i.id and i.state = 'PENDING' and ${isActive(model)}`;
}

export interface PictureFailure extends PictureKey {
  readonly reason: string;
}

/** Says that pictures cannot be read, if the model is the active one: the state speaks of that one. */
export function markFailedPictures(model: EmbeddingModelRow, failures: readonly PictureFailure[]): RawBuilder<unknown> {
  const rows = failures.map((failure) => ({ ...failure, reason: storableText(failure.reason) }));
  return sql`
    update product_image as i set state = 'FAILED', failure = r.reason
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("productId" uuid, "imageId" uuid, reason text)
    where i.product_id = r."productId" and i.id = r."imageId" and ${isActive(model)}`;
}

/** Says that pictures are no look of their products, whatever the model. */
export function markIgnoredPictures(
  pictures: readonly (PictureFailure & { contentHash: string })[],
): RawBuilder<unknown> {
  return sql`
    update product_image as i set state = 'IGNORED', failure = r.reason
    from json_to_recordset(${JSON.stringify(pictures)}::json) as r ("productId" uuid, "imageId" uuid, "contentHash" text, reason text)
    where i.product_id = r."productId" and i.id = r."imageId" and i.content_hash = r."contentHash"`;
}

/** What a picture from a web address turned out to be. */
export interface FetchedContent extends PictureKey {
  readonly contentHash: string;
  readonly version: string | null;
  /** In pixels, upright. */
  readonly width: number;
  readonly height: number;
}

export function setPictureContent(db: Kysely<Database>, picture: FetchedContent) {
  return db
    .updateTable('product_image')
    .set({
      content_hash: picture.contentHash,
      source_version: picture.version,
      width: picture.width,
      height: picture.height,
    })
    .where('product_id', '=', picture.productId)
    .where('id', '=', picture.imageId);
}

/** Looked up when a statement runs: another process may have changed the active model since `model` was read. */
function isActive(model: EmbeddingModelRow): RawBuilder<boolean> {
  return sql<boolean>`exists (select from embedding_model as m where m.id = ${model.id} and m.state = 'ACTIVE')`;
}
