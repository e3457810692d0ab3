import pg from 'pg';

/**
 * A statement with its parameters written out, for a person to read and run in psql. Vectors become psql variables, named in the first lines.
 *
 * @param statement - SQL with $1, $2, ... and their values
 * @param options.vectors - `left out`: the first lines only say that there are some, so the statement cannot be run. (left out)
 */
export function inlineParameters(
  { sql, parameters }: { sql: string; parameters: readonly unknown[] },
  { vectors: shown = 'left out' }: { vectors?: 'left out' | 'in full' } = {},
): string {
  const vectors: string[] = [];
  const inlined = sql.replaceAll(/^ {4}/gm, '').replaceAll(/\$(\d+)/g, (_, number: string) => {
    const value = parameters[Number(number) - 1];
    if (typeof value !== 'string' || !isVector(value)) return literal(value);
    if (!vectors.includes(value)) vectors.push(value);
    return `:'${vectorName(vectors.indexOf(value))}'`;
  });
  const notes = vectors.map((vector, index) =>
    shown === 'in full'
      ? `\\set ${vectorName(index)} '${vector}'\n`
      : `-- \\set ${vectorName(index)} '[...]' -- ${vector.split(',').length} numbers, left out here\n`,
  );
  return notes.join('') + inlined.trim();
}

function vectorName(index: number): string {
  return index === 0 ? 'query_vector' : `query_vector_${index + 1}`;
}

/** As pgvector writes one: "[0.1,-2e-05]". */
function isVector(text: string): boolean {
  return /^\[-?[\d.][^\]"]*\]$/.test(text);
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? "'{}'" : `array[${value.map(literal).join(', ')}]`;
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return pg.escapeLiteral(String(value));
}
