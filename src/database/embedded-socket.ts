import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { createLimiter, type Limiter } from '../limiter.ts';
import {
  type ClientMessage,
  COPY_FAIL_MESSAGE,
  fatalResponse,
  ProtocolViolation,
  queryMessage,
  readClientMessages,
  STARTUP_MESSAGE,
  SYNC_MESSAGE,
} from './protocol-messages.ts';

/** A PostgreSQL with one session, spoken to in the bytes of its protocol. */
export interface ProtocolEngine {
  /** Runs whole messages and gives the answer in pieces, each valid only during the call. Rejects only if the engine is lost. */
  execute(messages: Buffer, onAnswer: (piece: Uint8Array) => void): Promise<void>;
  isInTransaction(): boolean;
}

export interface EmbeddedSocketOptions {
  readonly socketPath: string;
  readonly maxConnections: number;
  /** A client that holds the session (in a transaction) and says nothing for so long is cut off. */
  readonly idleInTransactionMs: number;
  /** The engine is lost (a FATAL error ended it, memory ran out); nothing can be answered any more. */
  readonly onEngineLost: (error: unknown) => void;
}

/** After its last words a client that does not close its side is cut off. */
const GOODBYE_MS = 1_000;

/**
 * Lets several clients share an engine that has one session, over a Unix socket. A client has the session from the first message of a
 * batch to the end of its transaction; the others wait. docs/decisions/0001-embedded-socket.md says why this is not `pglite-socket`.
 */
export async function serveEmbeddedSocket(
  engine: ProtocolEngine,
  options: EmbeddedSocketOptions,
): Promise<{ close(): Promise<void> }> {
  // The engine has one session, so clients take turns.
  const turns = createLimiter({ atOnce: 1 });
  const clients = new Map<Socket, Promise<void>>();

  const server = createServer((socket) => {
    // A broken connection ends the loop over its messages, which is where it is dealt with.
    socket.on('error', () => {});
    if (clients.size >= options.maxConnections) {
      sayGoodbye(socket, fatalResponse('53300', `the embedded database takes ${options.maxConnections} connections`));
      return;
    }
    const served = serveClient(engine, turns, socket, options)
      .catch(options.onEngineLost)
      .finally(() => clients.delete(socket));
    clients.set(socket, served);
  });
  server.listen(options.socketPath);
  await once(server, 'listening');
  // There is no password: who may open the socket is the owner alone.
  await chmod(options.socketPath, 0o600);

  return {
    async close() {
      server.close();
      for (const socket of clients.keys()) {
        sayGoodbye(socket, fatalResponse('57P01', 'the embedded database is closing'));
      }
      await Promise.all(clients.values());
    },
  };
}

/** Resolves when the client is gone and the session is clean; rejects only if the engine is lost. */
async function serveClient(
  engine: ProtocolEngine,
  turns: Limiter,
  socket: Socket,
  options: EmbeddedSocketOptions,
): Promise<void> {
  let endTurn: (() => void) | undefined;
  let greeted = false;
  let idleTimer: NodeJS.Timeout | undefined;

  async function run(messages: Buffer): Promise<void> {
    endTurn ??= await turns.enter();
    socket.cork();
    // Copied because the piece is the engine's memory, which the next piece overwrites.
    await engine.execute(messages, (piece) => socket.write(Buffer.from(piece)));
    socket.uncork();
  }

  /** A client in a transaction, or in the middle of a batch, keeps the session for a while. */
  function keepOrEndTurn(keeps: boolean): void {
    if (keeps) {
      idleTimer = setTimeout(() => {
        sayGoodbye(socket, fatalResponse('25P03', 'terminating connection due to idle-in-transaction timeout'));
      }, options.idleInTransactionMs);
    } else {
      endTurn?.();
      endTurn = undefined;
    }
  }

  try {
    for await (const batch of readBatches(socket)) {
      clearTimeout(idleTimer);
      if (batch.ends === 'encryption-request') {
        socket.write('N');
        continue;
      }
      if (batch.ends === 'terminate' || batch.ends === 'cancel-request') break;
      await run(batch.bytes);
      greeted ||= batch.ends === 'startup';
      keepOrEndTurn(batch.ends === 'flush' || engine.isInTransaction());
      await drained(socket);
    }
    sayGoodbye(socket);
  } catch (error) {
    if (error instanceof ProtocolViolation) sayGoodbye(socket, fatalResponse('08P01', error.message));
    else if (!isBrokenConnection(error)) throw error;
  } finally {
    clearTimeout(idleTimer);
  }

  if (greeted) {
    endTurn ??= await turns.enter();
    await cleanSession(engine);
  }
  endTurn?.();
}

/** A client that does not read its answers gets no further ones, so that they do not fill the memory. */
async function drained(socket: Socket): Promise<void> {
  if (!socket.writableNeedDrain || socket.destroyed) return;
  const settled = new AbortController();
  const events = ['drain', 'close'].map((event) => once(socket, event, settled));
  await Promise.race(events);
  for (const event of events) event.catch(() => {}); // the other one ends with an AbortError
  settled.abort();
}

/** Makes the session as new for the others: it is the same one for all clients. */
async function cleanSession(engine: ProtocolEngine): Promise<void> {
  const drop = () => {};
  await engine.execute(SYNC_MESSAGE, drop);
  if (engine.isInTransaction()) await engine.execute(queryMessage('rollback'), drop);
  await engine.execute(queryMessage('discard all'), drop);
}

/** Messages that the engine must see together, because between them another client's would destroy the unnamed statement. */
interface Batch {
  readonly ends: Exclude<ClientMessage['kind'], 'extended' | 'copy'>;
  readonly bytes: Buffer;
}

async function* readBatches(socket: Socket): AsyncGenerator<Batch> {
  let collected: Buffer[] = [];
  // Not destroyed when the loop ends: there may be last words to send.
  for await (const { kind, bytes } of readClientMessages(socket.iterator({ destroyOnReturn: false }))) {
    if (kind === 'copy') continue; // answered with COPY_FAIL_MESSAGE when the copy began; what is still on its way is dropped, as PostgreSQL does
    if (kind === 'extended') {
      collected.push(bytes);
      continue;
    }
    // The engine would end itself when it waits for copy data in vain, so the end is given along.
    const whole =
      kind === 'query' ? [...collected, bytes, COPY_FAIL_MESSAGE] : [...collected, COPY_FAIL_MESSAGE, bytes];
    yield { ends: kind, bytes: kind === 'startup' ? STARTUP_MESSAGE : Buffer.concat(whole) };
    collected = [];
  }
}

function sayGoodbye(socket: Socket, lastWords?: Buffer): void {
  if (lastWords === undefined) socket.end();
  else socket.end(lastWords);
  setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
}

function isBrokenConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
