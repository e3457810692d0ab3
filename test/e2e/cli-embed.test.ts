import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { type CompiledProgram, compileProgram } from '../support/compiled-program.ts';
import { drawing } from '../support/small-shop.ts';

let program: CompiledProgram;
let folder: string;
let dataFolder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-embed-'));
  dataFolder = path.join(folder, 'data');
  program = await compileProgram();
  await cp(inject('embeddedTemplate'), dataFolder, { recursive: true });
  const feed = path.join(folder, 'products.tsv');
  const rows = [
    'id\ttitle\timage_link',
    'R1\tRed Shirt\tred.jpg',
    'B1\tBlue Shirt\tblue.jpg',
    'G1\tGreen Dress\tgreen.jpg',
  ];
  await writeFile(feed, `${rows.join('\n')}\n`);
  await writeFile(path.join(folder, 'red.jpg'), await drawing('red', 'shirt'));
  await writeFile(path.join(folder, 'blue.jpg'), await drawing('blue', 'shirt'));
  await writeFile(path.join(folder, 'green.jpg'), await drawing('green', 'dress'));
  expect((await run('import', feed)).exitCode).toBe(0);
});

afterAll(async () => {
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => program.run(args, { LOOKGRAPH_DATA: dataFolder });

/** One statement on the shop's database, while no command has it open. */
async function ask<Row>(statement: string): Promise<Row[]> {
  const database = await openDatabase({ url: undefined, dataFolder });
  try {
    return (await sql.raw<Row>(statement).execute(database.db)).rows;
  } finally {
    await database.close();
  }
}

async function skusBySearch(...args: string[]): Promise<string[]> {
  const { stdout } = await run('search', '--json', ...args);
  return JSON.parse(stdout).results.map(({ product }: { product: { groupId: string } }) => product.groupId);
}

describe('lookgraph embed', () => {
  it('prints the statement that finds what the search finds', async () => {
    const { exitCode, stdout, stderr } = await run('embed', 'blue', 'shirt');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^select \* from analytics\.search_products\('[0-9a-f-]{36}'\);\n$/);
    expect(stderr).toContain('The query is kept for 7 days (LOOKGRAPH_SEARCH_LOG_DAYS).');
    expect(stderr).toContain('psql -h ');
    const found = await ask<{ sku: string }>(stdout);
    expect(found.map(({ sku }) => sku)).toEqual(await skusBySearch('blue', 'shirt'));
    expect(found[0]?.sku).toBe('B1');
  });

  it('takes a picture and a product, too, and prints JSON for machines', async () => {
    const args = ['--image', path.join(folder, 'green.jpg'), '--product', 'G1', '--words', 'off'];
    const printed = JSON.parse((await run('embed', '--json', ...args)).stdout);
    expect(printed).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      model: 'lookgraph-mini',
      daysKept: 7,
      sql: `select * from analytics.search_products('${printed.id}');`,
    });
    const [best] = await ask<{ sku: string }>(printed.sql);
    expect(best?.sku).toBe('G1');
  });

  it.each([
    [[], 'terms: expected at least one'],
    [['--image', 'nowhere.jpg'], '--image: expected a picture'],
    [['--region', '0,0,1,1'], '--region: expected to come with --image'],
    [['shirt', '--words', 'maybe'], '--words: expected one of auto, off, only'],
    [['--product', 'nothing'], 'expected a product of this shop, found "nothing"'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stderr, stdout } = await run('embed', ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });
});

describe('lookgraph search', () => {
  it('is written into the log, which the doctor says analysts may read', async () => {
    await run('search', 'green', 'dress');
    const searches = await ask(
      'select query_text, result_count, match_quality from analytics.search order by created_at desc limit 1',
    );
    expect(searches).toEqual([{ query_text: 'green dress', result_count: 3, match_quality: expect.any(String) }]);
    expect((await run('doctor')).stdout).toMatch(/^ok +reader role +lookgraph_reader may read the schema analytics$/m);
  });
});
