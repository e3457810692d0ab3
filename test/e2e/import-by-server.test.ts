import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CompiledProgram, compileProgram, type RunningProgram } from '../support/compiled-program.ts';
import { drawing } from '../support/small-shop.ts';

// A server has the embedded database open; `lookgraph import` in a second process hands its feed to it.

let program: CompiledProgram;
let server: RunningProgram;
let folder: string;
let address: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-handed-'));
  env = { LOOKGRAPH_DATA: path.join(folder, 'data') };
  await cp(inject('embeddedTemplate'), path.join(folder, 'data'), { recursive: true });
  program = await compileProgram();
  server = program.start(['start'], env);
  address = (await server.printed(/answers on (http:\S+)/)).replace('answers on ', '');
  await server.printed('SQL');
  await writeFile(path.join(folder, 'red.jpg'), await drawing('red', 'shirt'));
  await writeFile(
    path.join(folder, 'feed.csv'),
    'Nummer,title,price,sale_price,image_link\nA1,Red Shirt,20,15,red.jpg\nA2,Blue Cap,"9,50",,\n',
  );
  await writeFile(path.join(folder, 'map.json'), '{"Nummer": "id"}');
});

afterAll(async () => {
  server?.kill('SIGTERM');
  await server?.ended;
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function graphql(query: string, variables = {}): Promise<Record<string, never>> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

async function upload(feed: string): Promise<string> {
  const response = await fetch(`${address}/imports/feeds`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: feed,
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

async function ended(id: string): Promise<Record<string, unknown>> {
  for (;;) {
    const found = (await graphql(
      'query ($id: ID!) { import(id: $id) { state source format productsCreated productsDeleted failure } }',
      {
        id,
      },
    )) as unknown as { import: Record<string, unknown> };
    if (found.import.state !== 'RUNNING') return found.import;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const START = `mutation ($input: StartImportInput!) {
  startImport(input: $input) { import { id state } userErrors { path message code } }
}`;
type Started = {
  startImport: { import: { id: string } | null; userErrors: { code: string; message: string; path: string[] }[] };
};
/** An import has ended a moment before the next may begin: what is SERVER_OVERLOADED is asked again. */
async function start(input: object): Promise<Started> {
  for (;;) {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: START, variables: { input } }),
    });
    const { data, errors } = (await response.json()) as { data: Started; errors?: { extensions: { code: string } }[] };
    if (!errors) return data;
    expect(errors).toMatchObject([{ extensions: { code: 'SERVER_OVERLOADED' } }]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('lookgraph import beside a server', () => {
  it('hands its feed to it, with the same options, and says the same', async () => {
    const args = ['import', path.join(folder, 'feed.csv'), '--currency', 'EUR', '--map', path.join(folder, 'map.json')];
    const { exitCode, stdout, stderr } = await program.run(args, env);
    expect(stderr).toContain(`the server at ${address} has the shop open: it imports`);
    expect(stdout).toBe(
      'Products: 2 new, 0 changed, 0 unchanged, 0 failed. Pictures: 1 embedded, 0 failed.\n' +
        "Not in the feed: 0 of the shop's products.\n",
    );
    expect(exitCode).toBe(0);
    expect(
      await graphql(
        '{ searchProducts(input: { filter: { onSale: true } }) { nodes { sku: groupId onSale variants { price { amount } compareAtPrice { amount currency } } images { state } } } }',
      ),
    ).toEqual({
      searchProducts: {
        nodes: [
          {
            ...{
              sku: 'A1',
              onSale: true,
              variants: [{ price: { amount: '15' }, compareAtPrice: { amount: '20', currency: 'EUR' } }],
            },
            images: [{ state: 'READY' }],
          },
        ],
      },
    });
    expect(await readdir(path.join(folder, 'data/feeds'))).toEqual([]);
  });

  it('says what the server refuses', async () => {
    const empty = path.join(folder, 'empty.csv');
    await writeFile(empty, 'id,title\n');
    const refused = await program.run(['import', empty], env);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('[FEED_INVALID]') });
    const none = await program.run(['import', path.join(folder, 'none.csv'), '--json'], env);
    expect(JSON.parse(none.stderr.split('\n').find((line) => line.startsWith('{')) ?? '')).toMatchObject({
      error: { code: 'FEED_INVALID' },
    });
  });

  it('is begun in GraphQL, by upload, and told of as it goes', async () => {
    const id = await upload('id,title\nB1,Green Hat\nB2,Grey Hat\n');
    const { startImport } = await start({ source: { upload: id }, missing: 'DELETE', confirmed: true });
    expect(startImport.userErrors).toEqual([]);
    expect(await ended(startImport.import?.id ?? '')).toEqual({
      ...{
        state: 'COMPLETED',
        source: 'an uploaded feed',
        format: 'CSV',
        productsCreated: 2,
        productsDeleted: 2,
        failure: null,
      },
    });
    const again = await start({ source: { upload: id } });
    expect(again.startImport).toMatchObject({ import: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('is begun by address, with the guard', async () => {
    const { startImport } = await start({ source: { url: 'http://127.0.0.1/feed.csv' } });
    expect(await ended(startImport.import?.id ?? '')).toMatchObject({
      state: 'FAILED',
      source: 'feed.csv',
      format: null,
      failure: 'expected a public address, found a private or reserved one',
    });
  });

  it('is refused with what is wrong, and while another is under way; that one can be cancelled', async () => {
    const id = await upload(
      `id,title\n${Array.from({ length: 30_000 }, (_, i) => `C${i},Thing number ${i}`).join('\n')}\n`,
    );
    const bad = await start({ source: { upload: id }, currency: 'EURO' });
    expect(bad.startImport.userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['currency'] }]);
    const mapped = await start({ source: { upload: id }, mapping: [{ column: 'title', field: 'name' }] });
    expect(mapped.startImport.userErrors[0]?.message).toMatch(/^mapping: expected for each column one of/);

    const { startImport } = await start({ source: { upload: id } });
    const running = startImport.import?.id ?? '';
    const second = await program.run(['import', path.join(folder, 'feed.csv')], env);
    expect(second).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('[SERVER_OVERLOADED]') });
    const CANCEL =
      'mutation ($input: CancelImportInput!) { cancelImport(input: $input) { import { id } userErrors { message } } }';
    expect(await graphql(CANCEL, { input: { id: running } })).toMatchObject({
      cancelImport: { import: { id: running }, userErrors: [] },
    });
    expect(await ended(running)).toMatchObject({ state: 'INTERRUPTED' });
    expect(await graphql(CANCEL, { input: { id: running } })).toMatchObject({
      cancelImport: { userErrors: [{ message: expect.stringContaining('found "one that has ended"') }] },
    });
  });

  it('stops when who asked goes away, and goes on when asked again', async () => {
    const long = path.join(folder, 'long.csv');
    await writeFile(
      long,
      `id,title\n${Array.from({ length: 10_000 }, (_, i) => `D${i},Other number ${i}`).join('\n')}\n`,
    );
    const child = program.start(['import', long], env);
    await child.printed('it imports');
    const latest = async () => {
      const { imports } = (await graphql(
        '{ imports(first: 1) { nodes { source state productsCreated } } }',
      )) as unknown as {
        imports: { nodes: { source: string; state: string; productsCreated: number }[] };
      };
      return imports.nodes[0];
    };
    const created = async () => {
      const { source, productsCreated } = (await latest()) ?? {};
      return source === 'long.csv' ? productsCreated : 0;
    };
    await expect.poll(created, { timeout: 60_000 }).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await child.ended;
    await expect.poll(async () => (await latest())?.state, { timeout: 60_000 }).toBe('INTERRUPTED');
    await expect.poll(() => readdir(path.join(folder, 'data/feeds'))).toEqual([]);
    const rest = path.join(folder, 'rest.csv');
    await writeFile(rest, 'id,title\nD0,Other number 0\nD9999,Other number 9999\n');
    expect((await program.run(['import', rest], env)).exitCode).toBe(0);
  });

  it('takes no folder for pictures from who cannot read the shop, no other host, and no other type', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      fetch(`${address}/imports`, { method: 'POST', headers, body });
    const json = { 'content-type': 'application/json' };
    expect((await post(json, JSON.stringify({ upload: 'x', pictures: '/etc' }))).status).toBe(400);
    expect((await post(json, '{}')).status).toBe(400);
    expect((await post({ 'content-type': 'text/plain' }, '{}')).status).toBe(415);
    expect((await post(json, JSON.stringify({ upload: 'x' }))).status).toBe(404);
  });

  it('leaves an import to be gone on with when the server closes', async () => {
    const long = path.join(folder, 'closing.csv');
    await writeFile(
      long,
      `id,title\n${Array.from({ length: 10_000 }, (_, i) => `E${i},Last number ${i}`).join('\n')}\n`,
    );
    const child = program.start(['import', long], env);
    await child.printed('reading:');
    server.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ exitCode: 130 });
    expect((await server.ended).exitCode).toBe(0);
    const alone = await program.run(['import', path.join(folder, 'rest.csv')], env);
    expect(alone.stderr).not.toContain('it imports');
    expect(alone.exitCode).toBe(0);
  });
});
