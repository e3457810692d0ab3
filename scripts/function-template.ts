import type { Embedding } from '../src/embedding-vector.ts';
import { type Compilable, coldDatabase } from './statement-docs.ts';

/** Names of tables in a statement that is built for a function, and what `format()` puts there. */
const TABLES: Readonly<Record<string, string>> = { image_table: '%1$I', text_table: '%2$I' };
/** Values that a builder binds whatever is asked for: nothing excluded, and whatever words count. */
const CONSTANTS: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ['{}', `'{}'`],
  [0, '0'],
]);

/** A model's tables by their names in `TABLES`. */
export const MODEL_TABLES = { imageTable: 'image_table', textTable: 'text_table' } as const;

/**
 * Values that stand in for the variables of a PL/pgSQL function while TypeScript builds a statement: each is like no other, so that a parameter of the built statement tells which variable belongs there.
 */
export interface StandIns {
  /** A number above 0 and below 1, for an expression of PL/pgSQL. */
  number(expression: string): number;
  text(expression: string): string;
  /** For a text that the builder makes of other stand-ins. */
  made(text: string, expression: string): void;
  /** A vector, which stands in the statement as a literal: it takes the type of the column beside it. @param place - of the argument of `format()`, such as `%3$L` */
  vector(place: string): Embedding;
  /** What belongs in the place of a parameter. @throws Error if it is none of these */
  expressionOf(parameter: unknown): Expression;
}

type Expression = { readonly kind: 'variable' | 'literal'; readonly text: string };

export function standIns(): StandIns {
  const expressions = new Map<unknown, Expression>();
  const variable = <T>(value: T, text: string): T => {
    expressions.set(value, { kind: 'variable', text });
    return value;
  };
  return {
    number: (expression) => variable((expressions.size + 1) / 1000, expression),
    text: (expression) => variable(`'${expressions.size + 1}'`, expression),
    made: (text, expression) => void variable(text, expression),
    vector(place) {
      const component = expressions.size + 1;
      expressions.set(`[${component}]`, { kind: 'literal', text: place });
      return Float32Array.of(component) as Embedding;
    },
    expressionOf(parameter) {
      const constant = CONSTANTS.get(parameter);
      const expression =
        constant === undefined ? expressions.get(parameter) : ({ kind: 'literal', text: constant } as const);
      if (expression === undefined)
        throw new Error(`expected only stand-ins in the statement of a function, found ${JSON.stringify(parameter)}`);
      return expression;
    },
  };
}

/**
 * A statement as PL/pgSQL runs it, behind `execute`: `format($statement$ ... $statement$, tables and vectors) using variables`. `format()` is left out where the statement names neither tables nor vectors.
 *
 * @param formatted - the arguments of `format()`: tables first, then vectors
 * @throws Error if the statement binds anything but stand-ins
 */
export function executed(build: Compilable, values: StandIns, formatted: readonly string[]): string {
  const { sql, parameters } = build.compile(coldDatabase);
  if (sql.includes('%')) throw new Error(`expected a statement without %, which format() would read, found ${sql}`);
  const variables: string[] = [];
  const statement = sql
    .replaceAll(/\$(\d+)/g, (_, number) => {
      const { kind, text } = values.expressionOf(parameters[Number(number) - 1]);
      if (kind === 'literal') return text;
      if (!variables.includes(text)) variables.push(text);
      return `$${variables.indexOf(text) + 1}`;
    })
    .replaceAll(/"(\w+)"/g, (name, table) => TABLES[table] ?? name);
  const using = variables.length === 0 ? '' : `\nusing ${variables.join(', ')}`;
  const text = `$statement$${statement}\n$statement$`;
  const placed = statement.includes('%') ? `format(${text}, ${formatted.join(', ')})` : text;
  return `${placed}${using}`;
}
