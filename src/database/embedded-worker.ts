/** The thread of the embedded PostgreSQL: opens PGlite on a folder and serves it on a socket until it is told to close. */
import { parentPort, workerData } from 'node:worker_threads';
import { openPglite } from './embedded-pglite.ts';
import { serveEmbeddedSocket } from './embedded-socket.ts';

/** What the thread is started with. */
export interface EmbeddedWorkerData {
  readonly databaseFolder: string;
  readonly socketPath: string;
  readonly maxConnections: number;
  readonly idleInTransactionMs: number;
}

/** What the thread says: once when it serves, once when everything is closed. */
export type EmbeddedWorkerMessage = 'ready' | 'closed';

const port = parentPort;
if (port === null) throw new Error('expected to be started as a worker thread');
const { databaseFolder, ...socketOptions } = workerData as EmbeddedWorkerData;

const pglite = await openPglite(databaseFolder);
const server = await serveEmbeddedSocket(
  {
    execute: (messages, onAnswer) =>
      pglite.runExclusive(() => pglite.execProtocolRawStream(messages, { onRawData: onAnswer })),
    isInTransaction: () => pglite.isInTransaction(),
  },
  {
    ...socketOptions,
    onEngineLost(error) {
      // Uncaught, so that it reaches the thread's owner and the thread ends.
      queueMicrotask(() => {
        throw new Error('the embedded PostgreSQL ended itself', { cause: error });
      });
    },
  },
);

port.once('message', async () => {
  await server.close();
  await pglite.close();
  port.postMessage('closed' satisfies EmbeddedWorkerMessage);
});
port.postMessage('ready' satisfies EmbeddedWorkerMessage);
