import { validate as isUuid } from 'uuid';
import { badInput } from '../../errors.ts';

/** A lone half of a surrogate pair: not text, and PostgreSQL's jsonb refuses it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** @returns the text: 1 to `maxLength` characters that PostgreSQL can hold */
export function checkText(text: string, path: string, maxLength: number): string {
  if (text.trim() === '') throw badInput(path, `text of 1 to ${maxLength} characters`, text);
  return checkValue(text, path, maxLength);
}

/** As `checkText`, but may be empty: a value to compare with. */
export function checkValue(text: string, path: string, maxLength: number): string {
  if (text.length > maxLength) throw badInput(path, `at most ${maxLength} characters`, `${text.length} characters`);
  if (text.includes('\u0000') || LONE_SURROGATE.test(text)) {
    throw badInput(path, 'text without NUL characters and broken surrogate pairs', text);
  }
  return text;
}

export function checkNumber(value: number, path: string, least: number, most: number): void {
  if (!Number.isFinite(value) || value < least || value > most) throw badInput(path, `${least} to ${most}`, value);
}

export function checkUuid(id: string, path: string): void {
  if (!isUuid(id)) throw badInput(path, 'an id (UUID)', id);
}

/** Digits that `numeric` takes exactly; the bounds only keep nonsense out of SQL. */
export function checkDecimal(text: string, path: string): void {
  if (!/^-?\d{1,20}(\.\d{1,10})?$/.test(text)) throw badInput(path, 'a decimal number such as "12.90"', text);
}

export function checkDate(date: Date, path: string): void {
  if (Number.isNaN(date.getTime())) throw badInput(path, 'a date', String(date));
}
