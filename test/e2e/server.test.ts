import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { createServer, type Server, type ServerDeps } from '../../src/server.ts';
import { type GraphqlClient, graphqlClient } from '../support/graphql-client.ts';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing, fillSmallShop } from '../support/small-shop.ts';

let shopServer: ShopServer;

beforeAll(async () => {
  shopServer = await startShopServer();
  await fillSmallShop(shopServer);
});

afterAll(() => shopServer.close());

/** A second server of the same shop with some of it replaced. */
async function withServer(
  changes: Partial<ServerDeps>,
  use: (server: Server, client: GraphqlClient & { address: string }, log: string[]) => Promise<void>,
) {
  const log: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => log.push(line) });
  const server = await createServer({ ...shopServer.shop, logger, ...changes });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  try {
    await use(server, { ...graphqlClient(address), address }, log);
  } finally {
    await server.close();
  }
}

const SEARCH = '{ searchProducts(input: {}) { nodes { sku: groupId } } }';

/** A search that takes until it is told to end, or given up. */
function slowSearch() {
  const seen: { signal?: AbortSignal | undefined; started: Promise<void> } = { started: Promise.resolve() };
  let start = () => {};
  let finish = () => {};
  seen.started = new Promise((resolve) => {
    start = resolve;
  });
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const searchProducts: ServerDeps['searchProducts'] = async (request, signal) => {
    seen.signal = signal;
    start();
    await Promise.race([
      finished,
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    ]);
    return shopServer.shop.searchProducts(request);
  };
  return { seen, finish: () => finish(), searchProducts };
}

describe('a server in trouble', () => {
  it('masks a defect, logs it once under the request id, and goes on', async () => {
    const broken: ServerDeps['searchProducts'] = async () => {
      throw new Error('password=hunter2 at 10.0.0.7');
    };
    await withServer({ searchProducts: broken }, async (_, client, log) => {
      const { errors } = await client.ask(SEARCH);
      expect(errors).toMatchObject([{ path: ['searchProducts'], extensions: { code: 'INTERNAL', retryable: false } }]);
      expect(JSON.stringify(errors)).not.toMatch(/hunter2|10\.0\.0\.7|stack/);
      const requestId = /request id ([\w-]+)\./.exec(errors?.[0]?.message ?? '')?.[1];
      const lines = log.filter((line) => line.includes('hunter2'));
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ level: 50, requestId });
      expect(await client.data('{ __typename }')).toEqual({ __typename: 'Query' });
    });
  });

  it('says what is wrong and that one may try again', async () => {
    const away = new AppError('DATABASE_UNAVAILABLE', 'the database is away', {
      cause: new Error('ECONNREFUSED 10.0.0.7'),
    });
    const fail = async () => {
      throw away;
    };
    await withServer(
      {
        searchProducts: fail,
        getProductImages: fail,
        isReady: async () => ({ ready: false, problems: ['no database'] }),
      },
      async (_, client) => {
        const { errors } = await client.ask(SEARCH);
        expect(errors).toMatchObject([
          { message: 'the database is away', extensions: { code: 'DATABASE_UNAVAILABLE', retryable: true } },
        ]);
        const picture = await fetch(`${client.address}/images/image_6f0a4e36-6a0c-5b54-9d5e-3f1f6f1d2c11`);
        expect([picture.status, picture.headers.get('retry-after')]).toEqual([503, '1']);
        const ready = await fetch(`${client.address}/readyz`);
        expect([ready.status, await ready.json()]).toEqual([503, { ready: false, problems: ['no database'] }]);
      },
    );
  });

  it('gives up a search that takes too long', async () => {
    const { searchProducts } = slowSearch();
    await withServer({ searchProducts, limits: { requestTimeoutMs: 50 } }, async (_, client) => {
      const { errors } = await client.ask(SEARCH);
      expect(errors).toMatchObject([
        { message: 'expected an answer within 50 ms, found none', extensions: { code: 'TIMEOUT', retryable: true } },
      ]);
    });
  });

  it('stops searching for a client that went away, and logs nothing', async () => {
    const { seen, searchProducts } = slowSearch();
    await withServer({ searchProducts }, async (_, client, log) => {
      const leaving = new AbortController();
      const request = fetch(`${client.address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: SEARCH }),
        signal: leaving.signal,
      });
      await seen.started;
      leaving.abort();
      await expect(request).rejects.toThrow();
      await expect.poll(() => seen.signal?.aborted).toBe(true);
      // Whatever was to be logged of it is logged by the time another request has its answer.
      await client.data('{ __typename }');
      expect(log).toEqual([]);
    });
  });

  it('refuses pictures beyond what it can scale at once, and scales the same one once', async () => {
    let reads = 0;
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const picture = await drawing('red', 'shirt');
    const pictures: ServerDeps['pictures'] = {
      read: async () => {
        reads++;
        await gate;
        return picture;
      },
    };
    const { product } = await shopServer.data('{ product(by: { sku: "red-shirt" }) { images { url } } }');
    await withServer({ pictures, limits: { scalingConcurrency: 1, scalingQueue: 0 } }, async (_, client) => {
      const path = new URL(product.images[0].url).pathname;
      const same = Array.from({ length: 5 }, () => fetch(`${client.address}${path}?width=64`));
      const other = fetch(`${client.address}${path}?width=65`);
      await expect.poll(() => reads).toBe(2);
      open();
      const sameStatuses = new Set((await Promise.all(same)).map(({ status }) => status));
      expect([...sameStatuses, (await other).status].sort()).toEqual([200, 503]);
      expect(reads).toBe(2);
    });
  });
});

describe('closing', () => {
  it('lets a request in flight finish and takes no more', async () => {
    const { seen, searchProducts, finish } = slowSearch();
    await withServer({ searchProducts }, async (server, client) => {
      const answer = client.data(SEARCH);
      await seen.started;
      const closed = server.close();
      await expect(fetch(`${client.address}/livez`)).rejects.toThrow();
      finish();
      expect((await answer).searchProducts.nodes.length).toBeGreaterThan(0);
      await closed;
    });
  });

  it('waits no longer than the grace it was given', async () => {
    const { seen, searchProducts } = slowSearch();
    await withServer({ searchProducts, limits: { closeGraceMs: 50 } }, async (server, client) => {
      const answer = client.data(SEARCH);
      answer.catch(() => {});
      await seen.started;
      await server.close();
      await expect(answer).rejects.toThrow();
      await expect.poll(() => seen.signal?.aborted).toBe(true);
    });
  });
});

describe('addresses of pictures', () => {
  it('begin as the operator says', async () => {
    await withServer({ publicUrl: 'https://search.shop.example/' }, async (_, client) => {
      const { product } = await client.data('{ product(by: { sku: "red-shirt" }) { images { url(width: 32) } } }');
      expect(product.images[0].url).toMatch(/^https:\/\/search\.shop\.example\/images\/[0-9a-f]{64}\?width=32$/);
    });
  });
});
