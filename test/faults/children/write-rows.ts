/** Opens the embedded database in the folder given and inserts 1, 2, 3 ... for ever; says each number once the insert has returned. */
import { sql } from 'kysely';
import { openDatabase } from '../../../src/database/database.ts';

const [, , dataFolder = ''] = process.argv;
const { db } = await openDatabase({ url: undefined, dataFolder });
await sql`create table if not exists written (n int primary key)`.execute(db);
const { rows } = await sql<{ last: number }>`select coalesce(max(n), 0) as last from written`.execute(db);
for (let n = (rows[0]?.last ?? 0) + 1; ; n++) {
  await sql`insert into written values (${n})`.execute(db);
  if (n % 50 === 0) await sql`checkpoint`.execute(db);
  console.log(String(n));
}
