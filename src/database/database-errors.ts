import { AppError } from '../errors.ts';

/** SQLSTATEs of PostgreSQL (appendix A of its manual) that say that the server, not the statement, is at fault. */
const UNAVAILABLE_SQLSTATES: ReadonlySet<string> = new Set([
  '53300', // too_many_connections
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting or shutting down
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
]);
/** connection_exception and what belongs to it. */
const CONNECTION_EXCEPTION_CLASS = '08';
/** query_canceled: statement_timeout, or an administrator. */
const QUERY_CANCELED = '57014';
/** Class invalid_authorization_specification: wrong password, unknown role, no entry in pg_hba.conf. */
const AUTHORIZATION_CLASS = '28';
/** invalid_catalog_name: no such database. */
const UNKNOWN_DATABASE = '3D000';

/** What Node.js says of a socket that could not be opened or broke. */
const UNAVAILABLE_SYSTEM_ERRORS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOENT', // the Unix socket is gone
]);

/** Errors of `pg` and `pg-pool` that have no code, by how their message begins. */
const UNAVAILABLE_DRIVER_MESSAGES = [
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client has encountered a connection error',
  'The server does not support SSL connections',
];

/**
 * Turns what the driver throws into an AppError where the cause is the world's: a server that is gone, a time limit. Everything else is
 * returned as it is, for it is a defect of ours. Messages hold neither addresses nor driver text.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === QUERY_CANCELED) {
    return new AppError('TIMEOUT', 'the database took longer than the statement timeout; try again', { cause: error });
  }
  const refusal = refusalOf(code);
  if (refusal !== undefined) return new AppError('DATABASE_UNAVAILABLE', refusal, { cause: error });
  if (isUnavailable(code, error.message)) {
    return new AppError('DATABASE_UNAVAILABLE', 'the database cannot be reached; try again', { cause: error });
  }
  return error;
}

function refusalOf(code: string): string | undefined {
  if (code.startsWith(AUTHORIZATION_CLASS) && code.length === 5) return 'the database refused the user or the password';
  if (code === UNKNOWN_DATABASE) return 'the database server has no database of this name';
  return undefined;
}

function isUnavailable(code: string, message: string): boolean {
  return (
    (code.length === 5 && code.startsWith(CONNECTION_EXCEPTION_CLASS)) ||
    UNAVAILABLE_SQLSTATES.has(code) ||
    UNAVAILABLE_SYSTEM_ERRORS.has(code) ||
    UNAVAILABLE_DRIVER_MESSAGES.some((beginning) => message.startsWith(beginning))
  );
}

/** Connecting to a name with several addresses throws an AggregateError whose parts have the code. */
function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? codeOf(first) : '';
}
