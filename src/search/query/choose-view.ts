import type { Kysely } from 'kysely';
import type { ActiveModel } from '../../database/embedding-models.ts';
import type { Database } from '../../database/tables.ts';
import type { Embedder, PictureView, Region } from '../../embedding/embedder.ts';
import type { Embedding } from '../../embedding-vector.ts';
import { invariant } from '../../errors.ts';
import { type FrameStyle, insideOf, type ViewToTry, viewsOf, WHOLE } from './picture-views.ts';
import { framesOfShop, nearestSimilarities } from './term-statements.ts';

/** What a picture was taken for. */
export interface ChosenView {
  readonly vector: Embedding;
  /** Of the upright picture. */
  readonly region: Region;
  /** Degrees clockwise by which it was turned. */
  readonly turn: PictureView['turn'];
}

interface ViewDeps {
  readonly db: Kysely<Database>;
  readonly model: ActiveModel;
  readonly embedder: Embedder;
}

/**
 * How much more similar the nearest picture of the catalogue must be to a part than to the whole for the part to be taken, as a share of what the whole lacks to being the same as its nearest.
 * What is trimmed for nothing loses little, so a little is enough.
 */
const GAIN_OF_PART = 0.05;
/**
 * A picture or a part that lacks less than this share of what the catalogue's pictures lack to their nearest is one of them: no part is tried beside such a whole, and none closer beside such a part (pictures with
 * margins then take 6.5 encodings in place of 13.8, and what is taken is at most 0.005 less similar). Of 39 fashion pictures as they are each is known
 * so; with all of it, pictures with a margin of 15 % would be taken whole for another product's (74 % first in place of 100 %).
 */
const SURE = 0.25;
/**
 * A part or a turn lacks at most so many times what the catalogue's pictures lack to their nearest: among many parts of any picture one is somewhat like something. Of fashion pictures with margins
 * of 15 to 100 % the nearest was at 0.938 at least (a bound of 0.929); of mosaics and groceries that became a match by a part, at 0.914 at most.
 */
const NEAR_OF_PART = 3;
/** Of pictures that came before they were looked at: what shops' pictures have. */
const USUAL_MARGINS = [0, 0.04, 0.1, 0.18] as const;
/** Between margins that are tried. */
const LEAST_STEP = 0.02;
/** Width by height of the quarters of a shop's pictures between which this lies, at most, are one shape. */
const COMMON_SHAPE = 1.1;
/**
 * The same for a turned picture. Of 43 photos of groceries, which have no upright, 10 are turned with this gain (18 with 0.15), and 58 % are first in place of 54 % unturned; of the same lying on their side 49 % in
 * place of 44 %.
 */
const GAIN_OF_TURN = 0.3;

/**
 * Finds what of a picture is meant: the whole, or a part of it without plain margins, bars and letterboxes, and whether it lies on its side. Each is encoded, and the one is taken of which
 * the catalogue has the most similar picture: what is no look of a product is like none. At most eight parts, four more next to the best two, and four turns are tried, the four only where none of the eight
 * is one of the catalogue's pictures, and turns only where nothing before is as like its nearest as the catalogue's pictures are among themselves.
 *
 * @throws AppError IMAGE_*, ENCODER_OVERLOADED
 */
export async function chooseView(
  deps: ViewDeps,
  bytes: Uint8Array,
  options: { priority: 'query'; signal?: AbortSignal },
): Promise<ChosenView> {
  const { db, model, embedder } = deps;
  const look = await embedder.lookAtImage(bytes, options);
  const encode = async (view: PictureView) => ({
    view,
    vector: await embedder.embedImage(bytes, view === WHOLE ? options : { ...options, view }),
  });
  const compareAll = async (some: readonly PictureView[]) => compare(deps, await Promise.all(some.map(encode)));
  const isNear = ({ similarity }: ComparedView) => !lacksMore(similarity, model, NEAR_OF_PART);
  const isSure = ({ similarity }: ComparedView) => lacksMore(similarity, model, SURE) === false;
  const [whole] = await compareAll([WHOLE]);
  invariant(whole !== undefined, 'the whole picture is a view');
  if (isSure(whole)) return chosen(whole);
  const views = look.contents.length === 0 ? [] : viewsOf(look, await styleOf(db));
  const tried = await compareAll(views.map(({ view }) => view));
  const closer = tried.some(isSure) ? [] : await compareAll(bestOf(views, tried).flatMap((view) => view.closer()));
  const part = betterOf(whole, [...tried, ...closer].filter(isNear), GAIN_OF_PART);
  if (look.isBlank || !lacksMore(part.similarity, model, 1)) return chosen(part);
  // The whole, too: a part was framed in the shop's shape as it lies.
  const lying = part === whole ? [whole] : [whole, part];
  const turns = await compareAll(
    lying.flatMap(({ view }) => [
      { ...view, turn: 90 as const },
      { ...view, turn: 270 as const },
    ]),
  );
  return chosen(betterOf(part, turns.filter(isNear), GAIN_OF_TURN));
}

/** Views next to which it is looked closer. */
const CLOSER_LOOKS = 2;

/** The best of some views, by what was found for each. */
function bestOf(views: readonly ViewToTry[], tried: readonly ComparedView[]): ViewToTry[] {
  const order = [...tried.entries()].sort(([, a], [, b]) => b.similarity - a.similarity);
  return order.slice(0, CLOSER_LOOKS).flatMap(([place]) => views[place] ?? []);
}

interface EncodedView {
  readonly view: PictureView;
  readonly vector: Embedding;
}

interface ComparedView extends EncodedView {
  /** To the nearest picture of the catalogue: -1 to 1, -1 without any. */
  readonly similarity: number;
}

async function compare({ db, model }: ViewDeps, views: readonly EncodedView[]): Promise<ComparedView[]> {
  if (views.length === 0) return [];
  const vectors = views.map(({ vector }) => vector);
  const { rows } = await nearestSimilarities({ table: model.imageTable, vectors }).execute(db);
  return views.map((view, place) => ({ ...view, similarity: rows[place]?.similarity ?? -1 }));
}

/** The first, or another one that is better by enough. @param gain - as GAIN_OF_PART */
function betterOf(first: ComparedView, others: readonly ComparedView[], gain: number): ComparedView {
  const best = others.reduce((a, b) => (b.similarity > a.similarity ? b : a), first);
  return best.similarity > first.similarity + gain * (1 - first.similarity) ? best : first;
}

/** Whether a picture lacks more to being the same as its nearest than so many times what the catalogue's pictures lack to theirs; nobody knows before they were measured. */
function lacksMore(similarity: number, { statistics }: ActiveModel, times: number): boolean | undefined {
  const nearest = statistics.IMAGE_IMAGE?.nearestMean ?? null;
  return nearest === null ? undefined : 1 - similarity > times * (1 - nearest);
}

function chosen({ view, vector }: ComparedView): ChosenView {
  return { vector, region: insideOf(view.frame), turn: view.turn };
}

async function styleOf(db: Kysely<Database>): Promise<FrameStyle> {
  const { rows } = await framesOfShop().execute(db);
  const [shapes] = rows;
  const { low, middle, high, margins } = shapes ?? { low: null, middle: null, high: null, margins: null };
  const isCommon = low !== null && high !== null && high <= low * COMMON_SHAPE;
  return { aspect: isCommon ? middle : null, margins: apart(margins ?? USUAL_MARGINS) };
}

/** Those that differ enough to be tried beside each other. */
function apart(margins: readonly number[]): number[] {
  const kept: number[] = [];
  for (const margin of margins) if (margin >= (kept.at(-1) ?? -1) + LEAST_STEP) kept.push(margin);
  return kept;
}
