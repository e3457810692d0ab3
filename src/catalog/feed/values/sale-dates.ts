import { badInput } from '../../../errors.ts';

const DAY_MS = 86_400_000;

/** A longer text is no dates. */
const MAX_CHARACTERS = 100;

/**
 * Whether a sale is on: `2020-01-01T00:00+0100/2020-02-01T23:59+0100`, as Google writes it, days without a time, or with one side left out. A day at the end
 * is one of the sale.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function isSaleOn(dates: string, now: Date): boolean {
  if (dates.length > MAX_CHARACTERS) throw unreadable(dates);
  // Between dates that hold slashes themselves (1/5/24), a slash with blanks around it.
  const sides = dates.includes(' / ') ? dates.split(' / ') : dates.split('/');
  const [start = '', end = '', ...more] = sides.map((side) => side.trim());
  if (sides.length < 2 || more.length > 0) throw unreadable(dates);
  const from = start === '' ? Number.NEGATIVE_INFINITY : parseDate(start, dates);
  const to = end === '' ? Number.POSITIVE_INFINITY : parseDate(end, dates) + (hasTime(end) ? 0 : DAY_MS);
  return from <= now.getTime() && now.getTime() < to;
}

/** Two columns of dates as one, each may be missing. */
export function datesBetween(start: string | undefined, end: string | undefined): string | undefined {
  return start === undefined && end === undefined ? undefined : `${start ?? ''} / ${end ?? ''}`;
}

/** Milliseconds since 1970. Without a zone it is UTC: that of the machine which imports would say nothing of the shop. */
function parseDate(text: string, dates: string): number {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})\b/.exec(text);
  if (american) {
    const [, month = '', day = '', year = ''] = american;
    return parsed(`${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, dates);
  }
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ]\s*(\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i.exec(
    text,
  );
  if (!iso) return parsed(text, dates);
  const [, day = '', time = '00:00', zone = 'Z'] = iso;
  // ISO 8601 also has zones without a colon or without minutes, which Date does not read.
  const [, hours, minutes = '00'] = /^([+-]\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return parsed(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`, dates);
}

function parsed(text: string, dates: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw unreadable(dates);
  return time;
}

/** Midnight without a zone is how exports write a day. */
function hasTime(text: string): boolean {
  return /\d:\d/.test(text) && !/[T ]00:00(?::00)?$/.test(text);
}

function unreadable(dates: string): Error {
  return badInput('sale_price_effective_date', 'two dates in ISO 8601 with a slash between them', dates);
}
