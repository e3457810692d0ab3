import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { type Child, startChild } from '../support/child-process.ts';

const WRITE_ROWS = new URL('./children/write-rows.ts', import.meta.url);

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'lookgraph-crash-'));
});
afterEach(() => rm(dataFolder, { recursive: true }));

/** Kills the writer after it has acknowledged some more numbers; the last one that it told of. */
async function killAfter(child: Child, acknowledgements: number): Promise<number> {
  let heard = 0;
  let last = 0;
  for await (const line of child.lines) {
    last = Number(line); // also those that were on their way when it was killed
    heard++;
    if (heard === acknowledgements) child.process.kill('SIGKILL');
  }
  expect(await child.ended).toBeNull();
  return last;
}

it('keeps everything that was acknowledged when the process is killed, ten times over', async () => {
  let acknowledged = 0;
  for (let round = 0; round < 10; round++) {
    acknowledged = await killAfter(startChild(WRITE_ROWS, [dataFolder]), 1 + ((round * 37) % 130));
    expect(acknowledged).toBeGreaterThan(0);
    const { db, close } = await openDatabase({ url: undefined, dataFolder });
    const { rows } = await sql<{
      rows: number;
      last: number;
    }>`select count(*) as rows, max(n) as last from written`.execute(db);
    await close();
    const [found] = rows;
    expect(found?.last).toBeGreaterThanOrEqual(acknowledged);
    expect(found?.rows).toBe(found?.last); // none in between is missing
  }
}, 240_000);

it('opens after a kill at any moment of its first start, and leaves nothing half-made', async () => {
  for (const afterMs of [0, 100, 400, 1_500]) {
    const child = startChild(WRITE_ROWS, [dataFolder]);
    while (!(await readdir(dataFolder)).some((name) => name.startsWith('postgres'))) await wait(10);
    await wait(afterMs);
    child.process.kill('SIGKILL');
    await child.ended;
  }
  const { db, close } = await openDatabase({ url: undefined, dataFolder });
  expect((await sql`select 1 as n`.execute(db)).rows).toEqual([{ n: 1 }]);
  await close();
  expect(await readdir(dataFolder)).toEqual(['postgres']);
  expect(existsSync(join(dataFolder, 'postgres/PG_VERSION'))).toBe(true);
}, 240_000);
