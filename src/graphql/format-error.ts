import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { AppError, ERRORS, type ErrorCode } from '../errors.ts';

/** Codes that Apollo Server gives to requests that are no proper GraphQL; their messages are graphql-js's and Apollo's own. */
const PROTOCOL_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** graphql-js repeats the value that it refuses, and that may be a whole picture in base64. */
const MAX_MESSAGE = 500;

const LOGGED = new WeakSet<object>();

/** Nobody reads it, and clients that search while a person types leave all the time: it is not logged. */
const CLIENT_LEFT = new AppError('TIMEOUT', 'the client went away before the answer was ready');

/** What an error must know of the request in which it was thrown. */
export interface CurrentRequest {
  readonly requestId: string;
  /** Aborted with an AppError when time was up, with any other reason when the client went away. */
  readonly signal: AbortSignal;
}

/** What a caller is told of a defect of ours. */
export function maskedMessage(requestId: string): string {
  return `Something went wrong on our side; the log has it under request id ${requestId}.`;
}

/**
 * Turns anything thrown while a request is answered into what the client may see: `{ message, path, locations,
 * extensions: { code, retryable, path? } }`. Defects are masked and logged, failures of the world are logged, refusals are not.
 * Does not throw.
 *
 * @param formatted - the error as Apollo would send it
 * @param thrown - the original
 */
export function formatError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  { requestId, signal, logger }: CurrentRequest & { readonly logger: Logger },
): GraphQLFormattedError {
  const error = reasonOf(originalOf(thrown), signal);
  const place = {
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
  };
  if (error instanceof AppError) {
    logFailure(error, { requestId, logger });
    return { message: error.message, ...place, extensions: extensionsOf(error.code, error.path) };
  }
  const protocolCode = codeOfProtocolError(formatted, error);
  if (protocolCode !== undefined) {
    const message =
      formatted.message.length <= MAX_MESSAGE ? formatted.message : `${formatted.message.slice(0, MAX_MESSAGE)}...`;
    return { message, ...place, extensions: { code: protocolCode, retryable: false } };
  }
  logDefect(error, { requestId, logger });
  return { message: maskedMessage(requestId), ...place, extensions: extensionsOf('INTERNAL') };
}

/** What was thrown in the first place: graphql-js wraps errors to say where in the query they happened. */
function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originalOf(error.originalError) : error;
}

/** Once a request was given up, whatever else it threw is a consequence. */
function reasonOf(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted) return error;
  return signal.reason instanceof AppError ? signal.reason : CLIENT_LEFT;
}

/** Failures of the world, and whatever has a cause that the client must not see, are worth a line; a refusal is not. */
export function logFailure(
  error: AppError,
  { requestId, logger }: { readonly requestId: string; readonly logger: Logger },
): void {
  if (error === CLIENT_LEFT || ERRORS[error.code].httpStatus < 500 || wasLogged(error)) return;
  logger.warn({ err: error, code: error.code, requestId }, error.message);
}

/** What is masked to the client stands in the log, with its cause and stack. */
export function logDefect(
  error: unknown,
  { requestId, logger }: { readonly requestId: string; readonly logger: Logger },
): void {
  if (!wasLogged(error)) logger.error({ err: error, requestId }, 'a defect was masked');
}

/** A read that fails for a page of products fails a hundred fields, all with the same error: one line is enough. */
function wasLogged(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (LOGGED.has(error)) return true;
  LOGGED.add(error);
  return false;
}

function extensionsOf(code: ErrorCode, path: readonly string[] = []): Record<string, unknown> {
  return { code, retryable: ERRORS[code].retryable, ...(path.length === 0 ? {} : { path }) };
}

/**
 * The code of an error that graphql-js or Apollo raised about the request itself; undefined for any other.
 * An argument that cannot be coerced while the operation runs is an error of graphql-js without a code; it points at the
 * argument, which an error about a value that we return does not.
 */
function codeOfProtocolError(formatted: GraphQLFormattedError, error: unknown): string | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const code = formatted.extensions?.code;
  if (typeof code === 'string' && PROTOCOL_CODES.has(code)) return code;
  return error.nodes !== undefined && error.path === undefined ? 'BAD_USER_INPUT' : undefined;
}
