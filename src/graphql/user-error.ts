import { AppError, ERRORS } from '../errors.ts';
import type { UserError } from './generated/resolver-types.ts';

/**
 * A refusal of what was to be written, as data.
 *
 * @param reason - worded by badInput where a field is at fault: it begins with the place of the field
 * @param path - of what was to be written
 */
export function refusal(reason: string, path: readonly string[]): UserError {
  const field = /^[A-Za-z]\w*(\.\w+)*(?=: expected )/.exec(reason)?.[0].split('.') ?? [];
  return { path: [...path, ...field], message: reason, code: 'BAD_USER_INPUT' };
}

/**
 * A refusal of one part of an input, as data: the rest of the input goes on.
 *
 * @param path - where the part is in the input; the error's own path goes on from there
 * @throws what it was given, when that is no refusal but a failure: a database that is away is not the product's fault
 */
export function toUserError(error: unknown, path: readonly string[]): UserError {
  if (!(error instanceof AppError) || ERRORS[error.code].httpStatus >= 500) throw error;
  return { path: [...path, ...error.path], message: error.message, code: error.code };
}
