import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors.ts';
import { type Cursor, type CursorPlace, readCursor, writeCursor } from '../../../src/search/cursor.ts';

const KEY = new Uint8Array(32).fill(7);
const HASH = 'a'.repeat(64);
const PLACES: CursorPlace[] = [
  { in: 'window', windowId: 'w', position: 24 },
  { in: 'rest', windowId: 'w', after: { order: 'distance', distance: 0.1 + 0.2, productId: 'p' } },
  { in: 'rest', windowId: 'w', after: { order: 'id', productId: 'p' } },
  { in: 'page', productId: 'p' },
  { in: 'newest', createdAt: '2026-01-01 00:00:00.123456+00', productId: 'p' },
];
const cursorAt = (place: CursorPlace): Cursor => ({ requestHash: HASH, modelId: 'm', place });
const text = writeCursor(KEY, cursorAt({ in: 'window', windowId: 'w', position: 24 }));

const refused = (code: ErrorCode) => expect.objectContaining({ code, path: ['after'] });
function reading(cursor: string, key = KEY, hash = HASH): unknown {
  try {
    return readCursor(key, cursor, hash);
  } catch (error) {
    return error;
  }
}

describe('cursors', () => {
  it.each(PLACES)('come back as they were written: %j', (place) => {
    expect(readCursor(KEY, writeCursor(KEY, cursorAt(place)), HASH)).toEqual(cursorAt(place));
  });

  it('are refused with any bit changed', () => {
    const bytes = Buffer.from(text, 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const tampered = Buffer.from(bytes);
      tampered.writeUInt8(bytes.readUInt8(index) ^ 1, index);
      expect(reading(tampered.toString('base64url'))).toEqual(refused('BAD_USER_INPUT'));
    }
  });

  it.each(['', 'x', 'not a cursor', text.slice(0, -1), `${text}A`, `${text}=`, ` ${text}`, text.slice(0, 22)])(
    'are refused when broken: %j',
    (broken) => {
      expect(reading(broken)).toEqual(refused('BAD_USER_INPUT'));
    },
  );

  it('are refused when signed with another key', () => {
    expect(reading(text, new Uint8Array(32).fill(8))).toEqual(refused('BAD_USER_INPUT'));
  });

  it('are stale for another search', () => {
    expect(reading(text, KEY, 'b'.repeat(64))).toEqual(refused('CURSOR_STALE'));
  });
});
