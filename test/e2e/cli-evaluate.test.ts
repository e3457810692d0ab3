import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { type CompiledProgram, compileProgram } from '../support/compiled-program.ts';
import { MINI_FOLDER } from '../support/model-folders.ts';
import { type Color, drawing, type Kind } from '../support/small-shop.ts';

const THINGS: readonly (readonly [Color, Kind, string])[] = [
  ['red', 'shirt', 'Apparel > Shirts'],
  ['blue', 'shirt', 'Apparel > Shirts'],
  ['green', 'dress', 'Apparel > Dresses'],
  ['black', 'dress', 'Apparel > Dresses'],
];

let program: CompiledProgram;
let folder: string;
let env: NodeJS.ProcessEnv;

const tsv = (rows: readonly (readonly string[])[]) => `${rows.map((row) => row.join('\t')).join('\n')}\n`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-evaluate-'));
  env = { LOOKGRAPH_DATA: path.join(folder, 'data') };
  const models = path.join(folder, 'models');
  await cp(MINI_FOLDER, path.join(models, 'lookgraph-mini'), { recursive: true });
  // To the shop another model, with the same weights.
  await cp(MINI_FOLDER, path.join(models, 'twin'), { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(MINI_FOLDER, 'manifest.json'), 'utf8'));
  await writeFile(path.join(models, 'twin', 'manifest.json'), JSON.stringify({ ...manifest, name: 'twin' }));
  program = await compileProgram({ models });
  await cp(inject('embeddedTemplate'), path.join(folder, 'data'), { recursive: true });
  const rows = THINGS.map(([color, kind, category]) => [
    `${color}-${kind}`,
    `A ${color} <${kind}>`,
    category,
    `${color}-${kind}.jpg`,
  ]);
  for (const [color, kind] of THINGS) {
    await writeFile(path.join(folder, `${color}-${kind}.jpg`), await drawing(color, kind));
  }
  await writeFile(path.join(folder, 'products.tsv'), tsv([['id', 'title', 'product_type', 'image_link'], ...rows]));
  await writeFile(
    path.join(folder, 'queries.tsv'),
    tsv([
      ['image', 'text', 'expected_sku'],
      ['red-shirt.jpg', '', 'red-shirt'],
      ['', 'green dress', 'green-dress'],
      // Nobody would call it that.
      ['red-shirt.jpg', '', 'black-dress'],
    ]),
  );
  expect((await program.run(['import', path.join(folder, 'products.tsv')], env)).exitCode).toBe(0);
});

afterAll(async () => {
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('lookgraph evaluate', () => {
  it('says how good the search is, and writes a report with the pictures of its mistakes', async () => {
    const report = path.join(folder, 'report.html');
    const queries = path.join(folder, 'queries.tsv');
    const { exitCode, stdout, stderr } = await program.run(['evaluate', '--queries', queries, '--report', report], env);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^In a carousel of three, \d+ of 100 queries show the same product \(.*67 show it first\.$/m,
    );
    expect(stdout).toMatch(/^[\d.]+ queries a second, 2 at a time; half took at most \d+ ms/m);
    expect(stderr).toMatch(
      /^All figures: select \* from analytics\.evaluation where evaluation_id = '[\w-]+'; report: /m,
    );
    const page = await readFile(report, 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page.match(/<img src="data:image\/webp;base64,[^"]{100,}"/g)?.length).toBe(2);
    expect(page).toContain('came first: A red &lt;shirt&gt; (red-shirt)');
  });

  it('gives the same figures for the same seed, compared and by distortion', async () => {
    const figures = async () => {
      const args = ['evaluate', '--self', '--distort', 'flip,crop', '--sample', '2', '--seed', '3', '--json'];
      const { exitCode, stdout } = await program.run([...args, '--compare', 'filter=category'], env);
      expect(exitCode).toBe(0);
      return JSON.parse(stdout);
    };
    const first = await figures();
    expect(first).toMatchObject({ queries: 4, seed: 3, sample: 2, model: { name: 'lookgraph-mini' } });
    expect(first.configurations.map(({ name }: { name: string }) => name)).toEqual(['default', 'filter=category']);
    expect(first.configurations[0].metrics).toContainEqual(
      expect.objectContaining({ metric: 'SAME_PRODUCT', k: 3, slice: { name: 'distortion', value: 'crop' } }),
    );
    const second = await figures();
    const withoutTimes = ({ configurations }: typeof first) =>
      configurations.map(({ metrics, differences, worst }: typeof first) => ({ metrics, differences, worst }));
    expect(withoutTimes(second)).toEqual(withoutTimes(first));
  });

  it('compares with a model that is built and not active', async () => {
    const args = ['evaluate', '--queries', path.join(folder, 'queries.tsv'), '--compare', 'model=twin'];
    const missing = await program.run(args, env);
    expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
    expect(missing.stderr).toContain('the shop has no vectors of a model "twin"; it has lookgraph-mini');
    expect((await program.run(['models', 'build', 'twin'], env)).exitCode).toBe(0);
    const { exitCode, stdout } = await program.run(args, env);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('With model=twin instead of default nothing changes.\n');
  });

  it('asks with the pictures of the catalogue, and leaves its searches out of the log', async () => {
    const { stdout } = await program.run(['evaluate', '--self', '--json'], env);
    const { queries, configurations } = JSON.parse(stdout);
    expect(queries).toBe(4);
    const products = configurations[0].metrics.filter(({ metric }: { metric: string }) => metric === 'SAME_PRODUCT');
    // Each product has this picture alone: only its category can be found.
    expect(products).toEqual([]);
    const database = await openDatabase({ url: undefined, dataFolder: path.join(folder, 'data') });
    try {
      expect(await database.db.selectFrom('search').selectAll().execute()).toEqual([]);
      expect(await database.db.selectFrom('evaluation_query').selectAll().execute()).not.toEqual([]);
    } finally {
      await database.close();
    }
  });

  it.each([
    [['--self', '--queries', 'q.tsv'], 'evaluate: expected either --queries FILE or --self, found "both"'],
    [[], 'evaluate: expected either --queries FILE or --self, found "neither"'],
    [['--self', '--report', '/no/such/folder/report.html'], '--report: expected a file that can be written'],
    [['--self', '--report', '/tmp'], '--report: expected a file that can be written, found "/tmp"'],
    [['--queries', '/no/such/file.tsv'], '--queries: expected a file, found none "/no/such/file.tsv"'],
    [['--self', '--sample', '0'], '--sample: expected 1 to 2,147,483,647, found 0'],
    [['--self', '--compare', 'colour=red'], '--compare: expected settings like words=off,filter=category'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await program.run(['evaluate', ...args], env);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });
});
