import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CompiledProgram, compileProgram } from '../support/compiled-program.ts';
import { examplesOf } from '../support/document-examples.ts';
import { drawing } from '../support/small-shop.ts';

const COLUMNS = ['id', 'title', 'product_type', 'brand', 'price', 'color', 'image_link'];
const ROWS = [
  ['R1', 'Red Shirt', 'Apparel > Shirts', 'Harbour Lane', '12.90 USD', 'Red', 'red-shirt.jpg'],
  ['B1', 'Blue Shirt', 'Apparel > Shirts', 'Harbour Lane', '15.00 USD', 'Blue', 'blue-shirt.jpg'],
  ['D1', 'Green Dress', 'Apparel > Dresses', 'Fernway', '39.00 USD', 'Green', 'green-dress.jpg'],
];

let program: CompiledProgram;
let folder: string;
let feed: string;
let env: NodeJS.ProcessEnv;

const tsv = (rows: readonly (readonly string[])[]) => `${rows.map((row) => row.join('\t')).join('\n')}\n`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-cli-'));
  env = { LOOKGRAPH_DATA: path.join(folder, 'data') };
  program = await compileProgram();
  await cp(inject('embeddedTemplate'), path.join(folder, 'data'), { recursive: true });
  feed = path.join(folder, 'products.tsv');
  await writeFile(feed, tsv([COLUMNS, ...ROWS]));
  await writeFile(path.join(folder, 'red-shirt.jpg'), await drawing('red', 'shirt'));
  await writeFile(path.join(folder, 'blue-shirt.jpg'), await drawing('blue', 'shirt'));
  await writeFile(path.join(folder, 'green-dress.jpg'), await drawing('green', 'dress'));
});

afterAll(async () => {
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('lookgraph', () => {
  it('imports a feed, and changes nothing when it imports it again', async () => {
    const first = await program.run(['import', feed], env);
    expect(first).toMatchObject({
      exitCode: 0,
      stdout:
        'Products: 3 new, 0 changed, 0 unchanged, 0 failed. Pictures: 3 embedded, 0 failed.\n' +
        "Not in the feed: 0 of the shop's products.\n",
    });
    const second = await program.run(['import', feed, '--json'], env);
    expect(second.exitCode).toBe(0);
    expect(JSON.parse(second.stdout)).toMatchObject({
      state: 'COMPLETED',
      created: 0,
      updated: 0,
      unchanged: 3,
      imagesEmbedded: 0,
    });
  });

  it('prints what it finds as a table', async () => {
    const { exitCode, stdout } = await program.run(['search', 'blue', 'shirt', '--first', '2'], env);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /│ 1 │ +[01]\.\d\d │ +0\.\d{3} │ B1 +│ Blue Shirt +│ Harbour Lane │ 15\.00 USD │ Apparel > Shirts/,
    );
    expect(stdout).toMatch(
      /^2 of 3 products; (a good|a weak|no good) match; every vector of lookgraph-mini compared, \d+ ms$/m,
    );
  });

  it('prints it as JSON for machines, a page at a time', async () => {
    const args = ['search', 'shirt', '--first', '1', '--json', '--category', 'Apparel > Shirts'];
    const first = JSON.parse((await program.run(args, env)).stdout);
    expect(first).toMatchObject({ totalCount: { value: 2, exact: true }, hasNextPage: true, model: 'lookgraph-mini' });
    const second = JSON.parse((await program.run([...args, '--after', first.endCursor], env)).stdout);
    const skus = [first, second].map(({ results }) => results[0].product.groupId);
    expect(skus.sort()).toEqual(['B1', 'R1']);
    expect(second.hasNextPage).toBe(false);
    expect(first).toMatchObject({ matchQuality: expect.stringMatching(/^(STRONG|WEAK|NONE)$/), strategy: 'EXACT' });
    expect(first).not.toHaveProperty('plan');
    const [{ relevance, similarity, why }] = first.results;
    expect(relevance).toBeGreaterThan(0);
    expect(relevance).toBeLessThanOrEqual(1);
    expect(why).toMatchObject({
      vectorRank: expect.any(Number),
      wordScore: expect.any(Number),
      boost: 0,
      pinned: false,
    });
    expect(why.termSimilarities).toEqual([expect.closeTo(similarity, 3)]);
  });

  it('says that there is no good match, leaves out what is less relevant, and orders as told', async () => {
    const nonsense = await program.run(['search', 'qwxzvk', '--words', 'only'], env);
    expect(nonsense.stdout).toMatch(/^Nothing found\.\n0 of 0 products; no good match; no vectors, \d+ ms\n$/);
    const named = await program.run(['search', 'B1'], env);
    expect(named.stdout).toMatch(/^3 of 3 products; a good match; /m);
    const skus = async (...args: string[]) => {
      const { stdout } = await program.run(['search', '--json', ...args], env);
      return JSON.parse(stdout).results.map(({ product }: { product: { groupId: string } }) => product.groupId);
    };
    expect(await skus('--sort', 'price-desc')).toEqual(['D1', 'B1', 'R1']);
    expect(await skus('--sort', 'price-asc', '--unavailable', 'hide')).toEqual(['R1', 'B1', 'D1']);
    expect(await skus('B1', '--min-relevance', '0.9')).toEqual(['B1']);
  });

  it('shows how a search was carried out when asked to, with SQL that can be run', async () => {
    const { stdout } = await program.run(['search', 'blue', '--explain'], env);
    expect(stdout).toMatch(/^EXACT, 3 candidates$/m);
    expect(stdout).toMatch(/^(select|with) /m);
    const { plan } = JSON.parse((await program.run(['search', 'blue', '--explain', '--json'], env)).stdout);
    expect(plan).toMatchObject({ strategy: 'EXACT', candidates: 3, sql: expect.stringContaining('image_embedding_') });
  });

  it('searches by picture, by product, and within filters', async () => {
    const search = async (...args: string[]) => {
      const { stdout } = await program.run(['search', '--json', ...args], env);
      return JSON.parse(stdout).results.map(({ product }: { product: { groupId: string } }) => product.groupId);
    };
    const picture = path.join(folder, 'green-dress.jpg');
    expect((await search('--image', picture))[0]).toBe('D1');
    expect((await search('--image', picture, '--region', '0.1,0.1,0.8,0.8', '--brand', 'Harbour Lane')).sort()).toEqual(
      ['B1', 'R1'],
    );
    expect((await search('--product', 'R1'))[0]).toBe('R1');
    expect(await search('--attribute', 'color=Blue', '--max-price', '20')).toEqual(['B1']);
    expect(await search('--min-price', '1000')).toEqual([]);
  });

  it('says what would become of a feed, as docs/feeds.md shows it, without a shop', async () => {
    const [csv, json, shown] = ['csv', 'json', 'console'].map(
      (language) => examplesOf('docs/feeds.md').find((example) => example.language === language)?.code ?? '',
    );
    const here = path.join(folder, 'dry');
    await mkdir(here);
    await writeFile(path.join(here, 'products.csv'), csv ?? '');
    await writeFile(path.join(here, 'mapping.json'), json ?? '');
    const [command = '', ...lines] = (shown ?? '').split('\n');
    const args = command.replace('$ lookgraph ', '').split(' ');
    const none = { LOOKGRAPH_DATA: path.join(folder, 'no-data') };
    const { exitCode, stdout } = await program.run(args, none, { cwd: here });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(lines.join('\n'));
    await expect(readdir(path.join(folder, 'no-data'))).rejects.toMatchObject({ code: 'ENOENT' });
    const asJson = await program.run([...args, '--json'], none, { cwd: here });
    expect(JSON.parse(asJson.stdout)).toMatchObject({ format: 'CSV', read: { products: 2, isAll: true } });
  });

  it('reads a feed from standard input, compressed or not', async () => {
    const input = gzipSync(await readFile(feed));
    const { exitCode, stdout } = await program.run(['import', '-', '--json'], env, { input, cwd: folder });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'COMPLETED', unchanged: 3 });
    const nothing = await program.run(['import', '-', '--dry-run'], env, { input: Buffer.from('') });
    expect(nothing).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('standard input: expected a feed, found an empty file [FEED_INVALID]'),
    });
  });

  it('reports the rows and fields that fail with their lines, imports the others, and says so with its exit code', async () => {
    const broken = path.join(folder, 'broken.tsv');
    await writeFile(
      broken,
      tsv([
        COLUMNS,
        ['X1', '', '', '', '', '', ''],
        ['X2', 'Cap', '', '', '12.90', '', 'missing.jpg'],
        ['X3', 'Belt', '', '', '', '', ''],
      ]),
    );
    const { exitCode, stdout } = await program.run(['import', broken], env);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('Products: 2 new, 0 changed, 0 unchanged, 1 failed.');
    expect(stdout).toMatch(/^ {2}line 2, product X1: title/m);
    expect(stdout).toMatch(/^ {2}line 3, product X2: price: .*12\.90/m);
  });

  it('stops an import at Ctrl-C, says how to go on, and goes on', async () => {
    const data = path.join(folder, 'long-data');
    await cp(inject('embeddedTemplate'), data, { recursive: true });
    const long = path.join(folder, 'long.tsv');
    const rows = Array.from({ length: 400 }, (_, n) => [
      `L${n}`,
      `Scarf ${n}`,
      '',
      '',
      '',
      '',
      n % 2 ? 'red-shirt.jpg' : 'blue-shirt.jpg',
    ]);
    await writeFile(long, tsv([COLUMNS, ...rows]));
    const interrupted = program.start(['import', long], { LOOKGRAPH_DATA: data });
    await interrupted.printed('reading: ');
    interrupted.kill('SIGINT');
    const outcome = await interrupted.ended;
    expect(outcome.exitCode).toBe(130);
    expect(outcome.stderr).toContain(`Interrupted. Nothing is lost; to go on: lookgraph import ${long}`);
    const finished = await program.run(['import', long, '--json'], { LOOKGRAPH_DATA: data });
    const report = JSON.parse(finished.stdout);
    expect(report).toMatchObject({ state: 'COMPLETED', updated: 0, failed: 0 });
    expect(report.created + report.unchanged).toBe(400);
  });

  it('deletes what a feed does not have, or takes it off sale, when told to; more than 30 % only with --yes', async () => {
    const data = path.join(folder, 'missing-data');
    await cp(inject('embeddedTemplate'), data, { recursive: true });
    const shrinking = path.join(folder, 'shrinking.tsv');
    const importOf = async (products: number, ...flags: string[]) => {
      const rows = Array.from({ length: products }, (_, n) => [`M${n}`, `Mug ${n}`]);
      await writeFile(shrinking, tsv([['id', 'title'], ...rows]));
      return program.run(['import', shrinking, ...flags], { LOOKGRAPH_DATA: data });
    };
    await importOf(10);
    const expired = await importOf(9, '--expire-missing');
    expect(expired.stdout).toContain("Not in the feed: 1 of the shop's products, 1 out of stock from now on.\n");
    const kept = await importOf(5, '--delete-missing');
    expect(kept.exitCode).toBe(3);
    expect(kept.stdout).toContain(
      "Not in the feed: 5 of the shop's products. They stay: the feed lacks 5 of the shop's 10 products: more than 30 % must be confirmed (--yes).\n",
    );
    const deleted = await importOf(5, '--delete-missing', '--yes');
    expect(deleted).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("Not in the feed: 5 of the shop's products, 5 deleted.\n"),
      stderr: expect.stringContaining("the feed lacks 5 of the shop's 10 products: deleting them\n"),
    });
    expect((await importOf(5)).stdout).toContain("Not in the feed: 0 of the shop's products.\n");
  });

  it.each([
    [['serch'], 2, "unknown command 'serch'"],
    [['search', '--first', 'many'], 2, 'Expected a whole number'],
    [['search', 'x', '--first', '0'], 2, '[BAD_USER_INPUT]'],
    [['search', 'x', '--min-relevance', '1.1'], 2, 'minRelevance: expected 0 to 1, found 1.1'],
    [['search', 'x', '--sort', 'price'], 2, '--sort: expected one of relevance, price-asc'],
    [['search', 'x', '--unavailable', 'maybe'], 2, '--unavailable: expected one of show, last, hide'],
    [['search', '--image', 'nowhere.jpg'], 2, '[NOT_FOUND]'],
    [['search', '--image', 'package.json'], 2, '[IMAGE_UNREADABLE]'],
    [['search', '--category', 'Boats'], 2, 'Boats'],
    [['import', 'nowhere.tsv'], 2, '[FEED_INVALID]'],
    [['import', 'package.json'], 2, '[FEED_INVALID]'],
    [['import', 'package.json', '--delete-missing', '--expire-missing'], 2, 'cannot be used with option'],
    [['demo', 'x', '--pictures', '0'], 2, '--pictures: expected 1 to 200, found 0'],
    [['models', 'pull', 'nope'], 2, '[NOT_FOUND]'],
    [['models', 'activate', 'nope'], 2, '[NOT_FOUND]'],
    [['models', 'build', 'nope'], 1, '[MODEL_INVALID]'],
  ])('ends %j with %i and one line that says why', async (args, exitCode, message) => {
    const outcome = await program.run(args, env);
    expect(outcome).toMatchObject({ exitCode, stdout: '' });
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
  });

  it('prints failures as JSON where JSON is asked for', async () => {
    const { stderr } = await program.run(['search', '--json', '--words', 'maybe'], env);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'BAD_USER_INPUT',
        message: '--words: expected one of auto, off, only, found "maybe"',
        retryable: false,
      },
    });
  });

  it('lists all problems of the environment', async () => {
    const { exitCode, stderr } = await program.run(['migrate'], { ...env, PORT: 'x', LOOKGRAPH_DEM: 'off' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('LOOKGRAPH_DEM: there is no such variable; did you mean LOOKGRAPH_DEMO?');
    expect(stderr).toContain('PORT: expected a port, 0 to 65535, found "x"');
  });

  it('lists the models of the shop and those that could be', async () => {
    const { stdout } = await program.run(['models', 'list', '--json'], env);
    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'lookgraph-mini', state: 'ACTIVE', embedded: 3 }),
        expect.objectContaining({ name: 'clip-vit-base-patch32', dimensions: 512 }),
      ]),
    );
    expect((await program.run(['models', 'activate', 'lookgraph-mini'], env)).stdout).toBe(
      'Searches use lookgraph-mini already.\n',
    );
  });

  it('finds nothing wrong with a shop that is well, and changes nothing of one that is not there', async () => {
    const well = await program.run(['doctor', '--json'], env);
    expect(well.exitCode).toBe(0);
    const findings = JSON.parse(well.stdout) as { check: string; status: string; found: string }[];
    expect(findings.filter(({ status, check }) => status !== 'ok' && check !== 'disk')).toEqual([]);
    expect(findings.map(({ check }) => check)).toContain('vector index');
    const missing = path.join(folder, 'missing');
    const { exitCode, stdout } = await program.run(['doctor'], { LOOKGRAPH_DATA: missing });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('none yet: the first start makes the embedded one');
    await expect(rm(missing, { recursive: true })).rejects.toThrow('ENOENT');
  });

  it('says what cannot be reached, without the password', async () => {
    const url = 'postgres://me:hunter2@127.0.0.1:1/shop';
    const { exitCode, stdout, stderr } = await program.run(['doctor'], { ...env, DATABASE_URL: url });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^fail {2}database/m);
    expect(`${stdout}${stderr}`).not.toContain('hunter2');
    expect(await program.run(['migrate'], { ...env, DATABASE_URL: url })).toMatchObject({ exitCode: 1 });
  });
});
