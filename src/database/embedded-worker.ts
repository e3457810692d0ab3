/** The thread of the embedded PostgreSQL: opens PGlite on a folder and serves it on a socket until it is told to close. */
import { parentPort, workerData } from 'node:worker_threads';
import { openPglite } from './embedded-pglite.ts';
import { serveEmbeddedSocket } from './embedded-socket.ts';
import { endsServer } from './protocol-messages.ts';

/** What the thread is started with. */
export interface EmbeddedWorkerData {
  readonly databaseFolder: string;
  readonly socketPath: string;
  readonly maxConnections: number;
  readonly idleInTransactionMs: number;
}

/** What the thread says: that it serves, that everything is closed, or why it ends unasked. */
export type EmbeddedWorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'lost'; readonly reason: string };

const port = parentPort;
if (port === null) throw new Error('expected to be started as a worker thread');
const { databaseFolder, ...socketOptions } = workerData as EmbeddedWorkerData;

function say(message: EmbeddedWorkerMessage): void {
  port?.postMessage(message);
}

function endThread(reason: string): never {
  say({ kind: 'lost', reason });
  process.exit(1); // of a thread, this ends the thread
}

const pglite = await openPglite(databaseFolder);
const server = await serveEmbeddedSocket(
  {
    execute: (messages, onAnswer) =>
      pglite.runExclusive(() =>
        pglite.execProtocolRawStream(messages, {
          onRawData(piece) {
            onAnswer(piece);
            // After a FATAL or PANIC a server process is gone. PGlite would go round in circles with what is left of it.
            if (endsServer(piece)) endThread('the server process ended with a FATAL or PANIC error');
          },
        }),
      ),
    isInTransaction: () => pglite.isInTransaction(),
  },
  { ...socketOptions, onEngineLost: (error) => endThread(String(error)) },
);

port.once('message', async () => {
  await server.close();
  await pglite.close();
  say({ kind: 'closed' });
});
say({ kind: 'ready' });
