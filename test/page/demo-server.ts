import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { inject } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { createServer, type Server } from '../../src/server.ts';
import { openEmbedderOfShop } from '../../src/shop/shop-model.ts';
import { openShop, type Shop } from '../../src/shop.ts';

/** A server of the demo shop with the page, on one port from the first start to the last. */
export interface DemoServer {
  readonly address: string;
  readonly shop: Shop;
  /** The folder of what the demo shop was made of: the feed, customers' photos. */
  readonly demoFolder: string;
  /** What was logged as an error. */
  readonly loggedErrors: readonly string[];
  /** Keeps imports from encoding anything until the function that is returned is called; what has no priority of imports goes on. */
  holdImports(): () => void;
  /** Ends all connections: from now on nobody answers at the address. */
  stop(): Promise<void>;
  /** Answers again, at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a copy of the demo shop. Close it in `afterAll`. */
export async function startDemoServer(): Promise<DemoServer> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'lookgraph-test-page-'));
  await cp(inject('demoShop'), dataFolder, { recursive: true });
  const loggedErrors: string[] = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => loggedErrors.push(line) });
  let held = Promise.resolve();
  const shop = await openShop(loadConfig({ LOOKGRAPH_DATA: dataFolder, PORT: '0' }), {
    logger,
    openEmbedder: async (model) => waitingFor(() => held, await openEmbedderOfShop(model)),
  });
  const listen = async (port: number): Promise<{ server: Server; address: string }> => {
    const server = await createServer({
      ...shop,
      pageFolder: inject('builtPage'),
      logger,
      limits: { closeGraceMs: 100 },
    });
    return { server, address: await server.listen({ host: '127.0.0.1', port }) };
  };
  const { address, ...first } = await listen(0);
  let server: Server | undefined = first.server;
  const stop = async () => {
    await server?.close();
    server = undefined;
  };
  return {
    address,
    shop,
    demoFolder: path.join(dataFolder, 'demo'),
    loggedErrors,
    holdImports() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    stop,
    async start() {
      ({ server } = await listen(Number(new URL(address).port)));
    },
    async close() {
      await stop();
      await shop.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The same embedder, whose imports wait first. */
function waitingFor(moment: () => Promise<void>, { embedText, embedImage, ...others }: Embedder): Embedder {
  return {
    ...others,
    async embedText(text, options) {
      if (options?.priority === 'import') await moment();
      return embedText(text, options);
    },
    async embedImage(bytes, options) {
      if (options?.priority === 'import') await moment();
      return embedImage(bytes, options);
    },
  };
}
