import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError, badInput } from '../../errors.ts';

/** What a cursor says. Opaque to clients: base64url of this as JSON, and a signature. */
export interface Cursor {
  /** The search that it belongs to; see request-hash.ts. */
  readonly requestHash: string;
  /** The model that the search was ranked with; null where no vectors took part. */
  readonly modelId: string | null;
  readonly place: CursorPlace;
}

/** The place just behind a result. */
export type CursorPlace =
  /** In a frozen window, behind so many of its products. */
  | { readonly in: 'window'; readonly windowId: string; readonly position: number }
  /** Past the longest window: behind the product with these keys of the order. */
  | { readonly in: 'rest'; readonly windowId: string; readonly after: readonly string[] }
  /** In a search that fitted on one page and so has no window: behind this result. */
  | { readonly in: 'page'; readonly resultId: string };

/** Raised when the form of `Cursor` changes, so that a cursor from before an update is stale, not misread. */
const VERSION = 3;
/** 128 bits of the HMAC: nobody guesses them, and the cursor stays short. */
const SIGNATURE_BYTES = 16;

/** @param key - at least 32 bytes, the same for all processes of a shop */
export function writeCursor(key: Uint8Array, cursor: Cursor): string {
  const body = Buffer.from(JSON.stringify({ version: VERSION, ...cursor }));
  return Buffer.concat([sign(key, body), body]).toString('base64url');
}

/**
 * Opens a cursor that `writeCursor` made for the same search.
 *
 * @throws AppError BAD_USER_INPUT if it is broken or was tampered with; CURSOR_STALE if it is another search's or an older program's
 */
export function readCursor(key: Uint8Array, text: string, requestHash: string): Cursor {
  const bytes = Buffer.from(text, 'base64url');
  const signature = bytes.subarray(0, SIGNATURE_BYTES);
  const body = bytes.subarray(SIGNATURE_BYTES);
  // Comparing the text as well: base64url has several spellings of the same bytes, and only ours is a cursor.
  if (
    signature.length !== SIGNATURE_BYTES ||
    bytes.toString('base64url') !== text ||
    !timingSafeEqual(signature, sign(key, body))
  ) {
    throw badInput('after', 'a cursor that this server gave', text);
  }
  const { version, ...cursor } = JSON.parse(body.toString()) as Cursor & { version: number };
  if (version !== VERSION) throw staleCursor('it was given by another version of this server');
  if (cursor.requestHash !== requestHash) throw staleCursor('it belongs to another search');
  return cursor;
}

/** @param reason - follows "the cursor cannot be continued:" */
export function staleCursor(reason: string): AppError {
  return new AppError(
    'CURSOR_STALE',
    `after: the cursor cannot be continued: ${reason}; ask for the first page again`,
    {
      path: ['after'],
    },
  );
}

function sign(key: Uint8Array, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, SIGNATURE_BYTES);
}
