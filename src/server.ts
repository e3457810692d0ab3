import { randomUUID } from 'node:crypto';
import { type FastifyInstance, fastify } from 'fastify';
import type { Logger } from 'pino';
import type { PictureStore } from './catalog/picture-store.ts';
import type { Uploads } from './catalog/uploads.ts';
import { AppError, show } from './errors.ts';
import type { GraphqlDeps } from './graphql/graphql-deps.ts';
import { addGraphqlRoute } from './http/graphql-route.ts';
import { addHealthRoutes, type Readiness } from './http/health-routes.ts';
import { addImportRoutes, type ImportRouteDeps } from './http/import-routes.ts';
import { addMetrics, type Metrics } from './http/metrics.ts';
import { addPageRoutes, BUILT_PAGE } from './http/page-routes.ts';
import { addPictureRoute } from './http/picture-route.ts';
import { createScaledPictures } from './http/scaled-pictures.ts';
import { sendError } from './http/send-error.ts';
import { addUploadRoute } from './http/upload-route.ts';
import { addUploadedPictureRoute } from './http/uploaded-picture-route.ts';
import { createLimiter } from './limiter.ts';

/** Everything the server needs; it reads no environment and opens no resource of the shop, so tests start it with whatever they like. */
export interface ServerDeps extends GraphqlDeps {
  readonly uploads: Pick<Uploads, 'put' | 'read'>;
  readonly pictures: Pick<PictureStore, 'read'>;
  /** What keeps the shop from answering now, in words for its operator; empty when it is ready. */
  readonly isReady: () => Promise<Readiness>;
  readonly feedUploads: ImportRouteDeps['feedUploads'];
  readonly startImport: ImportRouteDeps['startImport'] & GraphqlDeps['startImport'];
  /** Who sends it with an import may name a folder of this machine for its pictures; when left out, nobody may. */
  readonly importToken?: string;
  readonly logger: Logger;
  /** Prefix of picture addresses in answers, such as `https://search.shop.example`; when left out, the host that the request came to. */
  readonly publicUrl?: string;
  /** Where the built page lies. (BUILT_PAGE) */
  readonly pageFolder?: string;
  readonly limits?: Partial<ServerLimits>;
}

/** Bounds that an operator may want to move. */
export interface ServerLimits {
  /** A search that has not finished by then is given up with TIMEOUT (30,000). */
  readonly requestTimeoutMs: number;
  /** How long requests in flight may take to finish once the server closes (10,000). */
  readonly closeGraceMs: number;
  /** Pictures being scaled at once (2): each holds a core. */
  readonly scalingConcurrency: number;
  /** Pictures waiting to be scaled (64); more are refused with SERVER_OVERLOADED. */
  readonly scalingQueue: number;
  /** Memory for pictures already scaled (64 MiB). */
  readonly scaledCacheBytes: number;
  /** Memory for uploaded pictures already scaled (8 MiB): each is looked at by a few people only. */
  readonly scaledUploadCacheBytes: number;
}

export interface Server {
  /** Starts to answer. Returns the address, such as `http://127.0.0.1:4000`. @throws the system's error, with a code such as EADDRINUSE */
  listen(options: { host: string; port: number }): Promise<string>;
  /** Says "not ready", lets requests in flight finish, then stops. Safe to call twice. The shop's resources stay open: whoever opened them closes them. */
  close(): Promise<void>;
}

/** How often a closing server looks for connections whose last answer is sent. */
const IDLE_CHECK_MS = 50;

const DEFAULT_LIMITS: ServerLimits = {
  requestTimeoutMs: 30_000,
  closeGraceMs: 10_000,
  scalingConcurrency: 2,
  scalingQueue: 64,
  scaledCacheBytes: 64 * 1024 * 1024,
  scaledUploadCacheBytes: 8 * 1024 * 1024,
};

/** The HTTP server: GraphQL, uploads, pictures, health, metrics and the page. It does not listen yet. */
export async function createServer(deps: ServerDeps): Promise<Server> {
  const { logger, publicUrl } = deps;
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => sendError(error, request, reply, logger),
    requestTimeout: limits.requestTimeoutMs,
    routerOptions: { maxParamLength: 100 },
  });
  // A type that browsers send to other sites without asking; no route takes it.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, logger));
  app.setNotFoundHandler((request, reply) => {
    const error = new AppError('NOT_FOUND', `there is nothing at ${request.method} ${show(request.url)}`);
    return sendError(error, request, reply, logger);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
  });

  const metrics = addMetrics(app);
  const pictureQueue = createLimiter({
    atOnce: limits.scalingConcurrency,
    bound: { waiting: limits.scalingQueue, refusal: tooManyPictures },
  });
  await addGraphqlRoute(app, measured(deps, metrics), {
    logger,
    publicUrl,
    requestTimeoutMs: limits.requestTimeoutMs,
    onOperation: metrics.onOperation,
  });
  await addUploadRoute(app, deps.uploads, pictureQueue);
  addPictureRoute(app, {
    getProductImages: deps.getProductImages,
    scaledPicture: createScaledPictures({
      read: (contentHash) => deps.pictures.read(contentHash),
      queue: pictureQueue,
      cacheBytes: limits.scaledCacheBytes,
    }),
  });
  addUploadedPictureRoute(app, {
    uploads: deps.uploads,
    scaledUpload: createScaledPictures({
      read: (id) => deps.uploads.read(id),
      queue: pictureQueue,
      cacheBytes: limits.scaledUploadCacheBytes,
    }),
  });
  await addImportRoutes(app, {
    feedUploads: deps.feedUploads,
    startImport: deps.startImport,
    logger,
    token: deps.importToken,
  });
  addHealthRoutes(app, deps.isReady);
  await addPageRoutes(app, { folder: deps.pageFolder ?? BUILT_PAGE, publicUrl });

  let closing: Promise<void> | undefined;
  return {
    listen: (options) => app.listen(options),
    close: () => {
      closing ??= closeWithin(app, limits.closeGraceMs);
      return closing;
    },
  };
}

function measured(deps: ServerDeps, metrics: Metrics): ServerDeps {
  return {
    ...deps,
    searchProducts: async (request, signal) => {
      const page = await deps.searchProducts(request, signal);
      metrics.onSearch(page);
      return page;
    },
  };
}

/**
 * Fastify answers new requests with 503 from now on, /readyz among them, and waits for those in flight. It closes the connections that are idle now; one whose
 * request was in flight is kept alive by its client after the answer, and would hold the server for all of the grace.
 */
async function closeWithin(app: FastifyInstance, graceMs: number): Promise<void> {
  const answered = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
  const timer = setTimeout(() => app.server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearInterval(answered);
    clearTimeout(timer);
  }
}

function tooManyPictures(waiting: number): AppError {
  return new AppError('SERVER_OVERLOADED', `${waiting} pictures are waiting already; try again soon`);
}
