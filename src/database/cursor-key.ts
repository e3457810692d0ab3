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
  await db
    .insertInto('shop_secret')
    .values({ name: 'cursor_key', value: randomBytes(KEY_BYTES) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = await db.selectFrom('shop_secret').select('value').where('name', '=', 'cursor_key').executeTakeFirst();
  invariant(row, 'shop_secret has a row cursor_key');
  return new Uint8Array(row.value);
}
