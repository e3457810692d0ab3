import type { FastifyReply } from 'fastify';
import { AppError } from '../errors.ts';

/**
 * A signal that is aborted when the request has taken too long (its reason is then an AppError TIMEOUT), or when the client
 * goes away before it has its answer (any other reason: nobody will read the error).
 */
export function requestSignal(reply: FastifyReply, timeoutMs: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new AppError('TIMEOUT', `expected an answer within ${timeoutMs} ms, found none`)),
    timeoutMs,
  );
  reply.raw.once('close', () => {
    clearTimeout(timer);
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
