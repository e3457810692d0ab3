import type { FastifyInstance } from 'fastify';
import type { Uploads } from '../catalog/uploads.ts';
import { AppError } from '../errors.ts';
import type { Limiter } from '../limiter.ts';

/** As src/embedding/picture.ts has it. */
const BODY_LIMIT = 10 * 1024 * 1024;

/**
 * `POST /uploads`: a picture to search with, as the raw body. Answers 201 with `{ id, width, height, format }`.
 *
 * The content type must be image/* or application/octet-stream. A browser asks before it sends these to another site, and this server
 * never agrees; so no foreign page can make its visitors upload.
 */
export async function addUploadRoute(
  app: FastifyInstance,
  uploads: Pick<Uploads, 'put'>,
  queue: Limiter,
): Promise<void> {
  // In a scope of its own: elsewhere such bodies stay refused.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      /^(image\/[\w.+-]+|application\/octet-stream)\s*(;|$)/i,
      { parseAs: 'buffer' },
      (_request, body, done) => done(null, body),
    );
    scope.post('/uploads', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const bytes = request.body;
      if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
        throw new AppError('IMAGE_UNREADABLE', 'body: expected the bytes of a picture, found none');
      }
      const { id, width, height, format } = await queue.run(() => uploads.put(bytes));
      return reply.code(201).header('cache-control', 'no-store').send({ id, width, height, format });
    });
  });
}
