import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CompiledProgram, compileProgram } from '../support/compiled-program.ts';
import { openTestDatabase, type TestDatabase, testDatabaseKind } from '../support/database.ts';
import { MINI_FOLDER } from '../support/model-folders.ts';
import { drawing } from '../support/small-shop.ts';

let program: CompiledProgram;
let folder: string;
let models: string;
let env: NodeJS.ProcessEnv;
let database: TestDatabase | undefined;

/** The bundled model under another name and with another manifest: to the shop, another model. */
async function addModel(name: string): Promise<void> {
  await cp(MINI_FOLDER, path.join(models, name), { recursive: true });
  await changeManifest(name, (manifest) => ({ ...manifest, name }));
}

async function changeManifest(name: string, change: (manifest: object) => object): Promise<void> {
  const file = path.join(models, name, 'manifest.json');
  await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')))));
}

async function modelOf(words: string): Promise<string> {
  const { stdout } = await program.run(['search', words, '--json'], env);
  return JSON.parse(stdout).model;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-models-'));
  models = path.join(folder, 'models');
  await addModel('lookgraph-mini');
  await addModel('another-model');
  program = await compileProgram({ models });
  const data = path.join(folder, 'data');
  if (testDatabaseKind() === 'native') database = await openTestDatabase();
  else await cp(inject('embeddedTemplate'), data, { recursive: true });
  env = { LOOKGRAPH_DATA: data, ...(database?.url !== undefined && { DATABASE_URL: database.url }) };
  await writeFile(path.join(folder, 'red.jpg'), await drawing('red', 'shirt'));
  await writeFile(path.join(folder, 'feed.tsv'), 'id\ttitle\timage_link\nR1\tRed Shirt\tred.jpg\nB1\tBlue Belt\t\n');
  await program.run(['import', path.join(folder, 'feed.tsv')], env);
});

afterAll(async () => {
  await program?.remove();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('lookgraph models', () => {
  it('refuses to activate a model without vectors', async () => {
    const { exitCode, stderr } = await program.run(['models', 'activate', 'another-model'], env);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the shop has no vectors of a model "another-model"; it has lookgraph-mini');
  });

  it('builds another model, activates it, and goes back to the first', async () => {
    const built = await program.run(['models', 'build', 'another-model'], env);
    expect(built).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Embedded 1 pictures and 2 texts') });
    expect(await modelOf('red shirt')).toBe('lookgraph-mini');
    expect(await program.run(['models', 'activate', 'another-model'], env)).toMatchObject({ exitCode: 0 });
    expect(await modelOf('red shirt')).toBe('another-model');
    expect(await program.run(['models', 'activate', 'lookgraph-mini'], env)).toMatchObject({ exitCode: 0 });
    expect(await modelOf('red shirt')).toBe('lookgraph-mini');
  });

  it('refuses to activate a model that lacks vectors of new pictures', async () => {
    await writeFile(path.join(folder, 'blue.jpg'), await drawing('blue', 'dress'));
    await writeFile(path.join(folder, 'more.tsv'), 'id\ttitle\timage_link\nB2\tBlue Dress\tblue.jpg\n');
    await program.run(['import', path.join(folder, 'more.tsv')], env);
    const { exitCode, stderr } = await program.run(['models', 'activate', 'another-model'], env);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'another-model has vectors of 1 of 2 pictures; first run: lookgraph models build another-model [MODEL_NOT_READY]',
    );
  });

  it.runIf(testDatabaseKind() === 'native')(
    'lets a running server follow to the model that was activated',
    async () => {
      const server = program.start(['start'], env);
      await server.printed('/graphql');
      await program.run(['models', 'build', 'another-model'], env);
      await program.run(['models', 'activate', 'another-model'], env);
      await server.printed('searches use another model');
      await program.run(['models', 'activate', 'lookgraph-mini'], env);
      server.kill('SIGTERM');
      expect(await server.ended).toMatchObject({ exitCode: 0 });
    },
  );

  it('refuses to search with a folder that holds another model than made the vectors, naming both', async () => {
    await changeManifest('lookgraph-mini', (manifest) => ({ ...manifest, version: '9.9.9' }));
    const { exitCode, stderr } = await program.run(['search', 'red shirt'], env);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /vectors were made by lookgraph-mini 1\.0\.0 \(manifest \w{12}\), but .* holds lookgraph-mini 9\.9\.9/,
    );
    expect(stderr).toContain('[MODEL_INVALID]');
    const { stdout } = await program.run(['doctor'], env);
    expect(stdout).toMatch(/^fail {2}active model/m);
  });
});

describe('lookgraph maintain', () => {
  it('says what stands, in words and as JSON', async () => {
    const said = await program.run(['maintain'], env);
    expect(said).toMatchObject({ exitCode: 0 });
    expect(said.stdout).toMatch(
      /lookgraph-mini \((ACTIVE|RETIRED)\): \d pictures; index stands; no sketches: so few are all compared/,
    );
    const { stdout } = await program.run(['maintain', '--anew', '--json'], env);
    expect(JSON.parse(stdout).models).toContainEqual({
      model: 'lookgraph-mini',
      state: expect.stringMatching(/ACTIVE|RETIRED/),
      pictures: expect.any(Number),
      indexed: true,
      clusters: 0,
      scanCosts: null,
    });
  });
});
