import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.ts';
import { projectPath } from '../project-folder.ts';
import { explorerHeaders, pageHeaders } from './security-headers.ts';

/** Where `npm run build` puts the page. */
export const BUILT_PAGE = projectPath('dist/web/');

/** Addresses of the page: it is one document, which looks at the address itself. Any other unknown address stays a 404. */
const PAGE_ADDRESSES = ['/', '/catalogue', '/catalogue/'];
const EXPLORER_ADDRESSES = ['/graphiql', '/graphiql/'];

/** A folder, or what is sent under the name without the ending. */
const NO_ADDRESS = /(\/|\.br|\.gz)$/;

/** Names of assets hold a hash of what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Asked again each time, and answered with 304 where nothing has changed. */
const ASK_AGAIN = 'no-cache';

/**
 * The page and the API explorer, as they were built: `/`, `/catalogue`, `/graphiql`, and what they load. Each file is sent as it was compressed when it
 * was built (Brotli or gzip), where the client takes that.
 *
 * @param page.folder - as BUILT_PAGE. Where nothing was built, the rest of the server is none the worse: these addresses answer NOT_FOUND
 * @param page.publicUrl - where pictures come from, if that is not where the page comes from
 */
export async function addPageRoutes(
  app: FastifyInstance,
  page: { readonly folder: string; readonly publicUrl: string | undefined },
): Promise<void> {
  const files = { preCompressed: true, cacheControl: false, index: false, suppressWarning: true } as const;
  // For reply.sendFile alone: what it sends has no headers but those of its route.
  await app.register(fastifyStatic, { ...files, root: page.folder, serve: false });
  await app.register(fastifyStatic, {
    ...files,
    root: path.join(page.folder, 'assets'),
    prefix: '/assets/',
    allowedPath: (name) => !NO_ADDRESS.test(name),
    decorateReply: false,
    setHeaders: (reply) =>
      void reply.headers({ 'cache-control': FOR_EVER, 'cross-origin-resource-policy': 'same-origin' }),
  });
  // The icon and its like: what has a name for ever, and not a hash.
  await app.register(fastifyStatic, {
    ...files,
    root: page.folder,
    wildcard: false,
    globIgnore: ['assets/**', '**/*.html', '**/*.br', '**/*.gz'],
    decorateReply: false,
    setHeaders: (reply) => void reply.headers({ 'cache-control': ASK_AGAIN }),
  });

  const addDocument = (address: string, document: string, headers: Readonly<Record<string, string>>) =>
    app.get(address, async (_request, reply) => {
      if (!existsSync(path.join(page.folder, document)))
        throw new AppError('NOT_FOUND', 'the page is not built; `npm run build` builds it');
      reply.headers({ ...headers, 'cache-control': ASK_AGAIN });
      return reply.sendFile(document, page.folder);
    });
  for (const address of PAGE_ADDRESSES) addDocument(address, 'index.html', pageHeaders(page.publicUrl));
  for (const address of EXPLORER_ADDRESSES) addDocument(address, 'graphiql/index.html', explorerHeaders());
}
