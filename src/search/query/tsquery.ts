import type { Alternative } from '../../words/query/word-query.ts';

/**
 * An alternative as a text search query.
 *
 * @param weights - PostgreSQL's, such as `AB`: each lexeme must stand in one of these places; empty: anywhere
 */
export function tsqueryOf(
  { parts, adjacent, isBeginning }: Pick<Alternative, 'parts' | 'adjacent' | 'isBeginning'>,
  weights: string,
): string {
  const flags = `${isBeginning ? '*' : ''}${weights}`;
  const suffix = flags === '' ? '' : `:${flags}`;
  const groups = parts.map((lexemes) => anyOf(lexemes.map((lexeme) => quoted(lexeme) + suffix)));
  return groups.length === 1 ? groups.join('') : `(${groups.join(adjacent ? ' <-> ' : ' & ')})`;
}

/** A text search query that any of the queries satisfies; empty for none, which nothing satisfies. */
export function anyOf(queries: readonly string[]): string {
  return queries.length > 1 ? `(${queries.join(' | ')})` : queries.join('');
}

/** A text search query that satisfies all of the queries. */
export function allOf(queries: readonly string[]): string {
  return queries.length > 1 ? `(${queries.join(' & ')})` : queries.join('');
}

/**
 * A text search query for products that satisfy at least `least` of the queries.
 *
 * @param least - 1 to their number
 */
export function atLeast(least: number, queries: readonly string[]): string {
  const [first, ...others] = queries;
  if (first === undefined || least === queries.length) return allOf(queries);
  if (least === 1) return anyOf(queries);
  // With the first or without it, and not each combination by itself: PostgreSQL evaluates the whole query for every product that its rarest words lead to.
  return anyOf([allOf([first, atLeast(least - 1, others)]), atLeast(least, others)]);
}

/** A lexeme as text search queries write it: `'` and `\` are doubled. */
function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
