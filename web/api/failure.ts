/** Why a request had no answer that can be shown. */
export type FailureKind =
  /** The server cannot be reached, or is closing: it may come back. */
  | 'unreachable'
  /** The server is there and asks to come again later. */
  | 'busy'
  /** The server will answer this request in the same way each time. */
  | 'refused';

/** A request that failed; `message` is for people. */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** A code of docs/errors.md, or that of GraphQL; null where no server answered. */
  readonly code: string | null;

  constructor(kind: FailureKind, message: string, code: string | null = null) {
    super(message);
    this.name = 'Failure';
    this.kind = kind;
    this.code = code;
  }
}

/** One entry of `errors` in an answer of GraphQL, or `error` of any other address of the server. */
export interface AnsweredError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly retryable?: boolean | undefined;
}

/** Of the codes in docs/errors.md, those that say that the server itself is not up to anything at the moment. */
const DOWN = new Set(['DATABASE_UNAVAILABLE', 'MODEL_NOT_READY']);

/** The failure that an error in an answer stands for. */
export function failureOf({ message, code, retryable }: AnsweredError): Failure {
  const kind = code !== undefined && DOWN.has(code) ? 'unreachable' : retryable ? 'busy' : 'refused';
  return new Failure(kind, message, code ?? null);
}

/** An answer that is no JSON: from a proxy in front of a server that is down, most likely. */
export function failureOfStatus(status: number): Failure {
  return status >= 500
    ? new Failure('unreachable', `The server answered with the status ${status}.`)
    : new Failure('refused', `The server refused the request with the status ${status}.`);
}

/** Whatever was thrown while something was asked, as a failure; null where the request was superseded and nobody waits any more. */
export function asFailure(error: unknown, superseded: boolean): Failure | null {
  if (superseded) return null;
  if (error instanceof Failure) return error;
  // fetch throws a TypeError where no connection was made, and a TimeoutError where no answer came.
  return new Failure('unreachable', 'The server cannot be reached.');
}
