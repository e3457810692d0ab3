import { timingSafeEqual } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { FeedUploads } from '../catalog/feed-uploads.ts';
import type { ImportProgress } from '../catalog/import-feed.ts';
import { checkImportOrder, type ImportOrder, type RawImportOrder } from '../catalog/import-order.ts';
import type { ImportReport } from '../catalog/import-report.ts';
import { AppError } from '../errors.ts';
import { answerOf } from './send-error.ts';

export interface ImportRouteDeps {
  readonly feedUploads: Pick<FeedUploads, 'put' | 'discard'>;
  readonly startImport: (
    order: ImportOrder,
    options: { signal: AbortSignal; onProgress: (progress: ImportProgress) => void },
  ) => Promise<{ readonly importId: string; readonly finished: Promise<ImportReport> }>;
  readonly logger: Logger;
  /** Whoever has it may read the shop's folder, and so may say in which folder pictures lie. */
  readonly token: string | undefined;
}

/** Told no more often: a small feed has a step each few milliseconds. */
const PROGRESS_EVERY_MS = 200;
/** A mapping of a thousand columns. */
const ORDER_BYTES = 1024 * 1024;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
/** What a browser on this machine sends; one that was led here by another site's name sends that name. */
const LOCAL_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/**
 * `POST /imports/feeds` takes a feed as the raw body and answers 201 with `{ id, bytes }`. `POST /imports` begins an import of it, or of
 * an address, and answers with lines of JSON as it goes: `{ "importId" }`, then `{ "progress" }`, at the end `{ "report" }` or `{ "error" }`.
 * An import whose client goes away is stopped at its next batch; what was done stays, and the same again goes on from there.
 *
 * For programs on the same machine alone. Both content types are such that a browser asks before it sends them to another site.
 */
export async function addImportRoutes(app: FastifyInstance, deps: ImportRouteDeps): Promise<void> {
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(/^application\/octet-stream\s*(;|$)/i, (_request, payload, done) => done(null, payload));
    scope.post('/imports/feeds', { onRequest: fromThisMachine }, async (request, reply) => {
      const { id, bytes } = await deps.feedUploads.put(request.body as Readable);
      return reply.code(201).header('cache-control', 'no-store').send({ id, bytes });
    });
  });

  app.post('/imports', { onRequest: fromThisMachine, bodyLimit: ORDER_BYTES }, async (request, reply) => {
    const order = checkImportOrder(toOrder(request.body), { mayNameFolder: hasToken(request, deps.token) });
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const lines = new PassThrough();
    const write = (line: unknown) => lines.write(`${JSON.stringify(line)}\n`);
    let toldAt = 0;
    const starting = deps.startImport(order, {
      signal: AbortSignal.any([gone.signal, closing.signal]),
      onProgress(progress) {
        const isStep = progress.phase === 'missing' || progress.phase === 'indexing';
        if (!isStep && Date.now() - toldAt < PROGRESS_EVERY_MS) return;
        toldAt = Date.now();
        write({ progress });
      },
    });
    const { importId, finished } = await starting.catch(async (error: unknown) => {
      // Who hands a feed over here has it and can do so again.
      if ('upload' in order.source) await deps.feedUploads.discard(order.source.upload);
      throw error;
    });
    write({ importId });
    finished
      .then(
        (report) => write({ report }),
        (error: unknown) => {
          const { code, message } = answerOf(error, request, deps.logger);
          write({ error: { code, message } });
        },
      )
      .finally(() => lines.end());
    return reply.type('application/x-ndjson').header('cache-control', 'no-store').send(lines);
  });

  async function fromThisMachine(request: FastifyRequest): Promise<void> {
    if (hasToken(request, deps.token)) return;
    const isLocal = LOOPBACK.test(request.socket.remoteAddress ?? '') && LOCAL_HOST.test(request.host);
    if (!isLocal) throw new AppError('NOT_FOUND', 'imports: expected a request from this machine, found another');
  }
}

function toOrder(body: unknown): RawImportOrder {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new AppError('BAD_USER_INPUT', 'body: expected a JSON object, found another value');
  return body;
}

function hasToken(request: FastifyRequest, token: string | undefined): boolean {
  const [, given] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined || given === undefined) return false;
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
