/**
 * Splits a row whose cells may be in double quotes (with `""` for a quote within, and delimiters and line ends as text).
 * Quotes inside an unquoted cell are text.
 *
 * @param strayQuotes - what a single quote inside a quoted cell is, one that neither a delimiter nor the end follows: text, or refused
 * @returns the cells; undefined when a quote is opened and not closed, or refused
 */
export function splitQuoted(
  text: string,
  delimiter: string,
  strayQuotes: 'text' | 'refused' = 'text',
): string[] | undefined {
  const cells: string[] = [];
  for (let start = 0; ; ) {
    let end: number;
    if (text[start] === '"') {
      end = closingQuote(text, start + 1, delimiter, strayQuotes) + 1;
      if (end === 0) return undefined;
      cells.push(text.slice(start + 1, end - 1).replaceAll('""', '"'));
    } else {
      end = text.indexOf(delimiter, start);
      if (end === -1) end = text.length;
      cells.push(text.slice(start, end));
    }
    if (end >= text.length) return cells;
    start = end + 1;
  }
}

/** Splits at every delimiter, taking quotes as text unless they enclose a whole cell. */
export function splitPlain(text: string, delimiter: string): string[] {
  return text
    .split(delimiter)
    .map((cell) => (/^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

/** -1 where there is none. */
function closingQuote(text: string, from: number, delimiter: string, strayQuotes: 'text' | 'refused'): number {
  for (let quote = text.indexOf('"', from); quote !== -1; ) {
    const next = text[quote + 1];
    if (next === undefined || next === delimiter) return quote;
    if (next !== '"' && strayQuotes === 'refused') return -1;
    quote = text.indexOf('"', quote + (next === '"' ? 2 : 1));
  }
  return -1;
}
