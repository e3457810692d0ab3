import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import { openDatabase } from '../database/database.ts';
import { AppError } from '../errors.ts';
import type { Readiness } from '../http/health-routes.ts';
import type { Server } from '../server.ts';
import type { Shop } from '../shop.ts';
import { fillWithDemoShop, needsDemoShop } from './demo-fill.ts';
import { printLine } from './print.ts';
import { type CommandContext, runCommand } from './run-command.ts';

/** `lookgraph start` and `npm start`: serves the shop until a signal ends it. */
export async function runStart(): Promise<void> {
  await runCommand(start, { logLevel: 'info' });
}

async function start({ config, logger, signal }: CommandContext): Promise<number> {
  // Loading the program takes as long as opening the embedded database, which has a thread of its own: so both at once. What serves is loaded
  // last, while the model opens in its threads.
  const loadingShop = import('../shop.ts');
  const loadingServer = loadingShop.then(() => import('../server.ts'));
  const [database, { openShop }] = await Promise.all([
    openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder }),
    loadingShop,
  ]);
  const [shop, { createServer }] = await Promise.all([
    openShop(config, { logger, database, embedInBackground: true }),
    loadingServer,
  ]);
  try {
    // Listening comes first: what is there can be searched while the demo shop is still being made.
    const token = randomBytes(32).toString('hex');
    const making = { problem: undefined as string | undefined };
    const server = await createServer({
      ...shop,
      importToken: token,
      logger,
      isReady: async () => withProblem(await shop.isReady(), making.problem),
      ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
    });
    try {
      const address = await listen(server, config);
      printAddresses(address, shop);
      // `lookgraph import` hands its feed to this server, since two processes cannot have the embedded database open.
      await shop.database.announce({ address: localAddress(address), token });
      if (await needsDemoShop(shop, config)) {
        await fillWithDemoShop({ shop, config, logger, signal }, (problem) => {
          making.problem = problem;
        });
      }
      await aborted(signal);
      printLine('Closing.');
    } finally {
      await server.close();
    }
  } finally {
    await shop.close();
  }
  return 0;
}

function withProblem(readiness: Readiness, problem: string | undefined): Readiness {
  return problem === undefined ? readiness : { ...readiness, ready: false, problems: [...readiness.problems, problem] };
}

/** @throws AppError CONFIG_INVALID when the address cannot be listened on */
async function listen(server: Server, { host, port }: Config): Promise<string> {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there; set PORT to another port',
    EACCES: 'this user may not listen there; set PORT to 1024 or more',
    EADDRNOTAVAIL: 'this machine does not have that address; set HOST to one that it has',
    ENOTFOUND: 'there is no such host; set HOST to an address of this machine',
  };
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    const reason = reasons[(cause as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw cause;
    throw new AppError('CONFIG_INVALID', `cannot listen on ${host} port ${port}: ${reason}`, { cause });
  }
}

/** The same as programs of this machine reach it: all addresses are none to connect to. */
function localAddress(address: string): string {
  const url = new URL(address);
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  return url.origin;
}

function printAddresses(address: string, shop: Shop): void {
  printLine(`Lookgraph answers on ${address}`);
  printLine(`  page     ${address}/`);
  printLine(`  GraphQL  ${address}/graphql`);
  printLine(`  SQL      ${shop.database.psqlCommand}   (${shop.database.version}, ${shop.database.kind})`);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
