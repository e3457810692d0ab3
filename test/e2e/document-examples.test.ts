import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesOf } from '../support/document-examples.ts';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing, fillSmallShop } from '../support/small-shop.ts';

const examples = [
  'README.md',
  'docs/http.md',
  'docs/performance.md',
  'docs/errors.md',
  'docs/sql.md',
  'docs/synonyms.md',
].flatMap(examplesOf);
const inLanguage = (language: string) => examples.filter((example) => example.language === language);

let server: ShopServer;
let upload: string;

beforeAll(async () => {
  server = await startShopServer();
  await fillSmallShop(server);
  const response = await fetch(`${server.address}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(await drawing('red', 'shirt')),
  });
  upload = ((await response.json()) as { id: string }).id;
});
afterAll(() => server.close());

describe('examples in the documents', () => {
  it.each(inLanguage('graphql'))('GraphQL of $place is answered without errors', async ({ code }) => {
    const { errors, data } = await server.ask(code.replace('upload: "..."', `upload: "${upload}"`));
    expect(errors).toBeUndefined();
    expect(data).not.toBeNull();
  });

  it.each(inLanguage('sql'))('SQL of $place runs', async ({ code }) => {
    const client = new pg.Client(server.connection);
    await client.connect();
    try {
      // The README is about the demo shop.
      expect((await client.query(code.replace("'LG-0019'", "'red-shirt'"))).command).toBe('SELECT');
    } finally {
      await client.end();
    }
  });

  it.each(inLanguage('bash'))(
    'the request that $place sends with curl is answered without errors',
    async ({ code }) => {
      // Not run by a shell: a bare machine may lack curl.
      const body = /-d '(\{.*\})'$/ms.exec(code)?.[1]?.replace(`"'$id'"`, `"${upload}"`);
      const { query, variables } = JSON.parse(body ?? '');
      const { searchProducts } = await server.data(query, variables);
      expect(searchProducts.nodes[0]).toMatchObject({ groupId: 'red-shirt' });
    },
  );

  it.each(inLanguage('sh'))('the feed that $place hands over with curl is imported', async ({ code }) => {
    const post = (path: string, type: string, body: string) =>
      fetch(`${server.address}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
    const [, uploadPath = '', type = ''] =
      /localhost:4000(\S+) -H 'content-type: ([^']+)' --data-binary @/.exec(code) ?? [];
    const { id } = (await (await post(uploadPath, type, 'id,title,price\nDOC-1,Green hat,12\n')).json()) as {
      id: string;
    };
    const [, path = '', order = ''] =
      /localhost:4000(\S+) -H 'content-type: application\/json' -d '(\{.*\})'$/m.exec(code) ?? [];
    const answer = await (await post(path, 'application/json', order.replace(`'$id'`, id))).text();
    const lines = answer
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ report: { state: 'COMPLETED', created: 1, fieldProblems: 0 } });
    await server.shop.deleteProducts(
      (await server.shop.searchProducts({ terms: [], first: 1, sort: 'NEWEST' })).results.map(
        ({ productId }) => productId,
      ),
    );
  });

  it('has some of each', () => {
    expect(inLanguage('graphql').length).toBeGreaterThan(1);
    expect(inLanguage('bash').length).toBeGreaterThan(0);
    expect(inLanguage('sql').length).toBeGreaterThan(0);
    expect(inLanguage('sh').length).toBeGreaterThan(0);
  });
});
