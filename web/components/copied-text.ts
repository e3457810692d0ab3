import { SearchDocument, type SearchQuery, type SearchQueryVariables } from '../generated/operations.ts';

type Plan = NonNullable<SearchQuery['searchProducts']['plan']>;

/** The operation that was sent; the generator indents what it puts together, and that is not for people. */
const OPERATION = SearchDocument.toString()
  .trim()
  .replace(/^[ \t]+(?=(query|fragment)\b)/gm, '')
  .replace(/^}\n(?=\S)/gm, '}\n\n');

/** The operation as it was sent, and its variables as JSON below it. */
export function operationAsText(variables: SearchQueryVariables): string {
  return `${OPERATION}\n\n# Variables:\n${JSON.stringify(variables, null, 2)}\n`;
}

/** All statements of a search in order, for psql. */
export function statementsAsText({ statements, milliseconds }: Pick<Plan, 'statements' | 'milliseconds'>): string {
  const head = `-- ${statements.length} statements, ${milliseconds.toFixed(1)} ms all together`;
  const parts = statements.map(
    (each) =>
      `-- ${each.stage ?? 'between two stages'}, ${each.milliseconds.toFixed(1)} ms\n${each.sql.trimEnd().replace(/;*$/, ';')}`,
  );
  return `${[head, ...parts].join('\n\n')}\n`;
}

/** The API explorer with the operation and its variables filled in: it reads them from behind the #, which no server sees. */
export function explorerAddress(variables: SearchQueryVariables): string {
  const filled = new URLSearchParams({
    query: OPERATION,
    variables: JSON.stringify(variables, null, 2),
  });
  return `/graphiql#${filled}`;
}
