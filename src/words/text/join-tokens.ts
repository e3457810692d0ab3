import type { TokenList } from './token-list.ts';

const ONLY_DIGITS = /^\d+$/;
/** An address or a sum of more parts than this is not one word to anybody. */
const MOST_JOINED = 6;

/** A part of a chunk: letters, digits, or both. */
export interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The sign in front of it; empty for the first. */
  readonly sign: string;
}

export interface Joining {
  readonly first: number;
  /** Of each part. */
  readonly positions: readonly number[];
  readonly isPossessive: boolean;
}

/** "wifi" of "Wi-Fi", "t&v" and "tv" of "T&V", "tshirt" of "T-Shirt-Dress". */
export function addJoins(tokens: TokenList, parts: readonly Part[], joining: Joining): void {
  if (parts.length < 2 || parts.length > MOST_JOINED) return;
  const end = tokens.position();
  const joins = [parts];
  if (joining.isPossessive && parts.length > 2) joins.push(parts.slice(0, -1));
  if (parts.length > 2) joins.push(...parts.slice(1).map((part, index) => [parts[index] ?? part, part]));
  for (const joined of joins) {
    const [head] = joined;
    const tail = joined.at(-1);
    if (head === undefined || tail === undefined) continue;
    const from = joining.positions[parts.indexOf(head)] ?? joining.first;
    const to = tail === parts.at(-1) ? end : (joining.positions[parts.indexOf(tail) + 1] ?? end);
    const place = { position: from, span: Math.max(1, to - from), start: head.start, end: tail.end };
    const plain = joined.map((part) => part.text).join('');
    // "5-10" is no 510.
    if (ONLY_DIGITS.test(plain) && plain.length < 5) continue;
    const hasAnd = joined.some(({ sign }, index) => index > 0 && (sign === '&' || sign === '+'));
    // "tv" is T&V to some, and a television to more.
    tokens.add('JOIN', plain, place, hasAnd);
    if (hasAnd) {
      const signed = joined.map(({ text, sign }, index) => (index > 0 && /[&+]/.test(sign) ? sign + text : text));
      tokens.add('JOIN', signed.join(''), place);
    }
  }
}
