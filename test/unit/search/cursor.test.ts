import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors.ts';
import { type Cursor, type CursorPlace, readCursor, writeCursor } from '../../../src/search/pages/cursor.ts';

const KEY = new Uint8Array(32).fill(7);
const HASH = 'a'.repeat(64);
const PLACES: CursorPlace[] = [
  { in: 'window', windowId: 'w', position: 24 },
  { in: 'rest', windowId: 'w', after: ['0', '-0.30000000000000004', '-1.5', 'p'] },
  { in: 'rest', windowId: 'w', after: ['šaty "à la mode"', 'p'] },
  { in: 'page', resultId: 'p' },
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

  it('are stale, and not misread, when an older version of the program gave them', () => {
    const body = Buffer.from(text, 'base64url').subarray(16).toString().replace('"version":3', '"version":2');
    expect(body).toContain('"version":2');
    const signature = createHmac('sha256', KEY).update(body).digest().subarray(0, 16);
    const older = Buffer.concat([signature, Buffer.from(body)]).toString('base64url');
    expect(reading(older)).toEqual(refused('CURSOR_STALE'));
  });
});
