import { imageId } from '../../src/identifiers.ts';
import type { SearchMatch, SearchTerm } from '../../src/search/request/search-request.ts';
import { isKeyOf, type OracleProduct, OracleRefusal, type OracleShop, type OracleStatistics } from './oracle-shop.ts';
import { AXES } from './search-shop.ts';

/** A term as a vector. */
export interface OraclePart {
  readonly vector: readonly number[];
  readonly weight: number;
  /** The weight, divided by what such a term scores at best: so that all reach equally far. */
  readonly pull: number;
  readonly kind: 'text' | 'picture';
  /** What such a term scores at best, in standard deviations. */
  readonly best: number;
}

/** How similar a product is to all terms together. */
export interface VectorScore {
  readonly similarity: number;
  /** Standard deviations above an arbitrary product. */
  readonly score: number;
  /** Places of the pictures that are the nearest, or may be, as rounding goes; empty where the text was compared. */
  readonly images: readonly number[];
  /** Names the vector that was the nearest; something of its own where several may be. */
  readonly madeOf: string;
}

/** What single precision leaves uncertain of a cosine. */
export const COSINE_NOISE = 5e-7;
const CANCELLED = 1e-5;
/** scoring.ts: what a term scores at best where that was not measured. */
const UNMEASURED_BEST = 3.5;

/**
 * The terms as vectors; undefined where they cancel each other out.
 *
 * @throws OracleRefusal for a product or picture that is not there, or has no vector
 */
export function oracleParts(shop: OracleShop, terms: readonly SearchTerm[]): OraclePart[] | undefined {
  const parts = terms.map(({ match, weight = 1 }) => {
    const { vector, kind } = vectorOf(shop, match);
    const statistic = shop.statistics[kind === 'text' ? 'TEXT_IMAGE' : 'IMAGE_IMAGE'];
    const best =
      statistic === undefined || statistic.nearestMean === null
        ? UNMEASURED_BEST
        : (statistic.nearestMean - statistic.mean) / statistic.standardDeviation;
    return { vector, weight, pull: weight / best, kind, best };
  });
  const cancels = (['picture', 'text'] as const).some((documents) => {
    const scales = parts.map(
      (part) => part.pull / statisticOf(part, documents, parts, shop.statistics).standardDeviation,
    );
    const sum = combined(parts, scales);
    return lengthOf(sum) <= CANCELLED * scales.reduce((longest, scale) => longest + Math.abs(scale), 0);
  });
  return cancels ? undefined : parts;
}

/** All terms together, ready to be compared with one kind of document. */
interface Direction {
  /** As the database has it. */
  readonly vector: readonly number[];
  /** The score of a document is `similarity * length - mean`. */
  readonly length: number;
  readonly mean: number;
}

/** A query as vectors. */
export interface OracleDirections {
  readonly picture: Direction;
  readonly text: Direction;
  /** Whether single precision leaves open which half a number of a vector becomes: then nobody can tell the database's cosines to the last digits. */
  readonly unclear: boolean;
}

/** The sum of the terms' calibrated scores, each with its weight, in units of what that sum varies by: linear in the document's vector, so one vector says it. */
export function directionsOf(parts: readonly OraclePart[], { statistics, halves }: OracleShop): OracleDirections {
  const [picture, text] = (['picture', 'text'] as const).map((kind) => directionOf(parts, kind, statistics)) as [
    Direction,
    Direction,
  ];
  if (!halves) return { picture, text, unclear: false };
  const inHalves = (direction: Direction) => ({ ...direction, vector: direction.vector.map(toHalf) });
  const unclear = [...picture.vector, ...text.vector].some(
    (value) => toHalf(value * (1 + COSINE_NOISE)) !== toHalf(value * (1 - COSINE_NOISE)),
  );
  return { picture: inHalves(picture), text: inHalves(text), unclear };
}

function directionOf(
  parts: readonly OraclePart[],
  documents: 'picture' | 'text',
  statistics: OracleStatistics,
): Direction {
  const known = parts.map((part) => ({ ...part, ...statisticOf(part, documents, parts, statistics) }));
  const unit = spread(parts, statistics);
  const sum = combined(
    known,
    known.map(({ pull, standardDeviation }) => pull / standardDeviation),
  );
  const length = lengthOf(sum);
  const mean = known.reduce((total, part) => total + (part.pull * part.mean) / part.standardDeviation, 0);
  return { vector: sum.map((value) => value / length), length: length / unit, mean: mean / unit };
}

/** To the nearest number with eleven binary digits, as halfvec has them. */
function toHalf(value: number): number {
  if (value === 0) return 0;
  const digit = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value)))) - 10);
  const digits = value / digit;
  const below = Math.floor(digits);
  const isBelow = digits - below < 0.5 || (digits - below === 0.5 && below % 2 === 0);
  return (isBelow ? below : below + 1) * digit;
}

/**
 * Its nearest picture, or its text where it has no picture; undefined without either.
 *
 * @param takesPart - of a picture's place: the others are as if they were not there
 */
export function scoreOf(
  directions: OracleDirections,
  { pictures = [], textVector }: OracleProduct,
  takesPart: (place: number) => boolean,
): VectorScore | undefined {
  const compare = (document: readonly number[], { vector, length, mean }: Direction) => {
    const similarity = cosine(vector, document);
    return { similarity, score: similarity * length - mean };
  };
  const scored = pictures.flatMap((picture, place) =>
    takesPart(place) ? [{ ...compare(picture, directions.picture), place }] : [],
  );
  const [first, ...others] = scored;
  if (first === undefined) {
    if (textVector === undefined) return undefined;
    return { ...compare(textVector, directions.text), images: [], madeOf: `text ${textVector}` };
  }
  const { similarity, score } = others.reduce((a, b) => (b.similarity > a.similarity ? b : a), first);
  const images = scored.flatMap((one) => (similarity - one.similarity <= COSINE_NOISE ? [one.place] : []));
  const looks = new Set(images.map((index) => String(pictures[index])));
  return {
    similarity,
    score,
    images,
    madeOf: looks.size === 1 ? [...looks].join() : `one of ${[...looks].join(' or ')}`,
  };
}

/** Terms of one kind vary together as far as they point the same way; texts and pictures nearly independently. */
function spread(parts: readonly OraclePart[], { COMPOSED }: OracleStatistics): number {
  const ofKind = (kind: OraclePart['kind']) => parts.filter((part) => part.kind === kind);
  const lengths = [ofKind('text'), ofKind('picture')].map((some) =>
    lengthOf(
      combined(
        some,
        some.map(({ pull }) => pull),
      ),
    ),
  );
  const mixed = ofKind('text').length > 0 && ofKind('picture').length > 0;
  return Math.hypot(...lengths) * (mixed ? (COMPOSED?.standardDeviation ?? 1) : 1);
}

/** Where anything that a query needs was not measured, all kinds count alike. */
function statisticOf(
  part: OraclePart,
  documents: 'picture' | 'text',
  parts: readonly OraclePart[],
  statistics: OracleStatistics,
): { mean: number; standardDeviation: number } {
  const of = ({ kind }: OraclePart) => {
    if (kind !== documents) return statistics.TEXT_IMAGE;
    return kind === 'text' ? statistics.TEXT_TEXT : statistics.IMAGE_IMAGE;
  };
  const measured = parts.every((each) => of(each) !== undefined);
  return (measured ? of(part) : undefined) ?? { mean: 0, standardDeviation: 1 };
}

function vectorOf(
  { products }: OracleShop,
  match: SearchMatch,
): { vector: readonly number[]; kind: 'text' | 'picture' } {
  switch (match.kind) {
    case 'text':
      return { vector: vectorOfText(match.text), kind: 'text' };
    case 'image': {
      const { source } = match;
      if (source.kind === 'bytes')
        return { vector: JSON.parse(new TextDecoder().decode(source.bytes)) as number[], kind: 'picture' };
      const wanted = source.kind === 'productImage' ? source.id : '';
      for (const { id, pictures = [] } of products.values()) {
        const picture = pictures.find((_, index) => imageId(id, String(index)) === wanted);
        if (picture !== undefined) return { vector: picture, kind: 'picture' };
      }
      throw new OracleRefusal('picture');
    }
    case 'product': {
      const product = [...products.values()].find((one) => isKeyOf(match.product, one));
      const { pictures = [], textVector } = product ?? {};
      if (pictures.length > 0) {
        const mean = combined(
          pictures.map((vector) => ({ vector })),
          pictures.map(() => 1),
        );
        return { vector: mean, kind: 'picture' };
      }
      if (textVector === undefined) throw new OracleRefusal('product');
      return { vector: textVector, kind: 'text' };
    }
  }
}

/** As the search shop's embedder has it: each word points along its own axis, or along the last one. */
function vectorOfText(text: string): number[] {
  const axes: readonly string[] = AXES;
  const vector = axes.map(() => 0);
  for (const word of text.toLowerCase().split(/\s+/)) {
    const axis = axes.includes(word) ? axes.indexOf(word) : axes.length - 1;
    vector[axis] = (vector[axis] ?? 0) + 1;
  }
  return vector;
}

function combined(parts: readonly { vector: readonly number[] }[], scales: readonly number[]): number[] {
  return AXES.map((_, axis) =>
    parts.reduce((sum, { vector }, index) => {
      return sum + ((scales[index] ?? 0) * (vector[axis] ?? 0)) / (lengthOf(vector) || 1);
    }, 0),
  );
}

function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0) / (lengthOf(a) * lengthOf(b) || 1);
}

function lengthOf(vector: readonly number[]): number {
  return Math.hypot(...vector);
}
