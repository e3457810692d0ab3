import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { AppError, ERRORS, type ErrorCode } from '../errors.ts';
import { logDefect, logFailure, maskedMessage } from '../graphql/format-error.ts';

/** What is sent for an error, whatever the form of its body. */
interface ErrorAnswer {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
}

/** Of routes that take something else than JSON. */
const EXPECTED_TYPES: Readonly<Record<string, string>> = {
  '/uploads': 'image/* or application/octet-stream',
  '/imports/feeds': 'application/octet-stream',
};

/** Seconds after which a client may try again what is retryable. */
const RETRY_AFTER_S = 1;

/**
 * Turns anything thrown outside of GraphQL into an answer: `{"error": {"code", "message"}}`, or GraphQL's `{"errors": [...]}` where
 * a GraphQL client waits. Defects are masked and logged.
 */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): FastifyReply {
  const { status, code, message } = answerOf(error, request, logger);
  const { retryable } = ERRORS[code];
  if (retryable) reply.header('retry-after', RETRY_AFTER_S);
  reply.header('cache-control', 'no-store').code(status);
  return request.routeOptions.url === '/graphql'
    ? reply.send({ errors: [{ message, extensions: { code, retryable } }] })
    : reply.send({ error: { code, message } });
}

/** What a client is told of an error; failures and defects are logged. */
export function answerOf(error: unknown, request: FastifyRequest, logger: Logger): ErrorAnswer {
  if (error instanceof AppError) {
    logFailure(error, { requestId: request.id, logger });
    return { status: ERRORS[error.code].httpStatus, code: error.code, message: error.message };
  }
  if (isRefusalOfFastify(error)) {
    const code =
      error.statusCode === 413 && request.routeOptions.url === '/uploads' ? 'IMAGE_TOO_LARGE' : 'BAD_USER_INPUT';
    return { status: error.statusCode, code, message: refusalMessage(error, request) };
  }
  logDefect(error, { requestId: request.id, logger });
  return { status: 500, code: 'INTERNAL', message: maskedMessage(request.id) };
}

/** Of requests that are no proper HTTP for their route: too large, of an unknown type, broken JSON. */
function isRefusalOfFastify(error: unknown): error is FastifyError & { statusCode: number } {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return false;
  return error.statusCode >= 400 && error.statusCode < 500;
}

function refusalMessage(error: FastifyError, request: FastifyRequest): string {
  const most = request.routeOptions.bodyLimit;
  if (error.statusCode === 413) return `body: expected at most ${most?.toLocaleString('en')} bytes, found more`;
  if (error.statusCode === 415) {
    const expected = EXPECTED_TYPES[request.routeOptions.url ?? ''] ?? 'application/json';
    return `content-type: expected ${expected}, found ${request.headers['content-type'] ?? 'none'}`;
  }
  return error.message;
}
