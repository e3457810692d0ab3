/**
 * Everything that can be refused or fail in a way that the caller should know, as one closed table.
 * `docs/errors.md` has a row for each code (a test keeps it complete). What is not in here is a defect of
 * ours: it is masked as INTERNAL at the edge and logged once.
 */
export const ERRORS = {
  BAD_USER_INPUT: { retryable: false, httpStatus: 400, exitCode: 2 },
  NOT_FOUND: { retryable: false, httpStatus: 404, exitCode: 2 },
  IMAGE_UNREADABLE: { retryable: false, httpStatus: 422, exitCode: 2 },
  IMAGE_TOO_LARGE: { retryable: false, httpStatus: 413, exitCode: 2 },
  IMAGE_TOO_MANY_PIXELS: { retryable: false, httpStatus: 422, exitCode: 2 },
  IMAGE_NOT_FOUND: { retryable: false, httpStatus: 404, exitCode: 2 },
  IMAGE_FETCH_REFUSED: { retryable: false, httpStatus: 403, exitCode: 2 },
  IMAGE_FETCH_FAILED: { retryable: true, httpStatus: 502, exitCode: 1 },
  CURSOR_STALE: { retryable: false, httpStatus: 409, exitCode: 2 },
  FEED_INVALID: { retryable: false, httpStatus: 422, exitCode: 2 },
  FEED_FETCH_REFUSED: { retryable: false, httpStatus: 403, exitCode: 2 },
  FEED_FETCH_FAILED: { retryable: true, httpStatus: 502, exitCode: 1 },
  ENCODER_OVERLOADED: { retryable: true, httpStatus: 503, exitCode: 1 },
  SERVER_OVERLOADED: { retryable: true, httpStatus: 503, exitCode: 1 },
  MODEL_NOT_READY: { retryable: true, httpStatus: 503, exitCode: 1 },
  MODEL_INVALID: { retryable: false, httpStatus: 500, exitCode: 1 },
  MODEL_DOWNLOAD_FAILED: { retryable: true, httpStatus: 502, exitCode: 1 },
  DATABASE_UNAVAILABLE: { retryable: true, httpStatus: 503, exitCode: 1 },
  DATABASE_UNSUITABLE: { retryable: false, httpStatus: 500, exitCode: 1 },
  DATABASE_LOCKED: { retryable: false, httpStatus: 500, exitCode: 1 },
  TIMEOUT: { retryable: true, httpStatus: 504, exitCode: 1 },
  CONFIG_INVALID: { retryable: false, httpStatus: 500, exitCode: 2 },
  INTERNAL: { retryable: false, httpStatus: 500, exitCode: 70 },
} as const satisfies Record<string, { retryable: boolean; httpStatus: number; exitCode: number }>;

export type ErrorCode = keyof typeof ERRORS;

/**
 * A refusal or failure that may be shown to whoever asked. The message says what was expected and what was
 * found, in units, and holds neither secrets nor driver text; the original goes into `cause`, which is only logged.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Where in the input, from the top down: `['products', '3', 'price']`. Empty where the question has no place. */
  readonly path: readonly string[];

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; path?: readonly string[] } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.path = options.path ?? [];
  }
}

/**
 * The commonest refusal, worded always the same: `first: expected 1 to 100, found 0`.
 *
 * @param path - where in the input, dotted: `terms.0.weight`
 * @param found - printed with `show`
 */
export function badInput(path: string, expected: string, found: unknown): AppError {
  return new AppError('BAD_USER_INPUT', `${path}: expected ${expected}, found ${show(found)}`, {
    path: path.split('.'),
  });
}

/** A value as one short line for a message: strings quoted, everything cut after 80 characters, so no vector ends up in a log. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  // Half a pair at the cut is text that the database does not hold; JSON has escaped all others.
  return text.length <= 80 ? text : `${text.slice(0, 77).replace(/\p{Surrogate}$/u, '')}...`;
}

/** For what cannot be otherwise unless the program is wrong; becomes INTERNAL at the edge. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}
