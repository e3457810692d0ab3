import type { Kysely } from 'kysely';
import type { ActiveModel } from '../database/embedding-models.ts';
import type { Database } from '../database/tables.ts';
import type { PictureFacts } from '../embedding/picture.ts';

/** What making the queries of an evaluation takes. */
export interface QuerySetDeps {
  readonly db: Kysely<Database>;
  readonly model: Pick<ActiveModel, 'imageTable'>;
  /** Looks at a picture, decoding it once. @throws AppError IMAGE_* */
  readonly inspectPicture: (bytes: Uint8Array) => Promise<Pick<PictureFacts, 'width' | 'height'>>;
}

/** How many queries at most. */
export interface Sampling {
  /** 1 or more; undefined for all. Of a catalogue: its pictures, however many distorted copies are made of each. */
  readonly sample: number | undefined;
  /** Which ones are drawn depends on it alone. A whole number, 0 to 2^32 - 1. */
  readonly seed: number;
}
