import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { invariant } from '../errors.ts';
import type { Database } from './tables.ts';

/** As long as the output of the HMAC-SHA256 that it is used for; RFC 2104 advises against less. */
const KEY_BYTES = 32;

/**
 * The key that signs this shop's cursors: made at random the first time, the same ever after and for every process of the shop.
 * Safe to call at once from several processes: one of them makes it.
 */
export async function loadCursorKey(db: Kysely<Database>): Promise<Uint8Array> {
  await insertCursorKey(db, randomBytes(KEY_BYTES)).execute();
  const row = await cursorKey(db).executeTakeFirst();
  invariant(row, 'shop_secret has a row cursor_key');
  return new Uint8Array(row.value);
}

/** Keeps a key, unless there is one. */
export function insertCursorKey(db: Kysely<Database>, key: Buffer) {
  return db
    .insertInto('shop_secret')
    .values({ name: 'cursor_key', value: key })
    .onConflict((conflict) => conflict.column('name').doNothing());
}

/** The key that was kept. */
export function cursorKey(db: Kysely<Database>) {
  return db.selectFrom('shop_secret').select('value').where('name', '=', 'cursor_key');
}
