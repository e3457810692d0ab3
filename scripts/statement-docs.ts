import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import { format } from 'sql-formatter';
import type { Database } from '../src/database/tables.ts';

/** Anything that Kysely can make SQL of: a query builder or a `sql` fragment. */
export interface Compilable {
  compile(db: Kysely<Database>): CompiledQuery;
}

/** Builds a statement with sample parameters. Its name is the builder's. */
export type SampleStatements = Readonly<Record<string, (db: Kysely<Database>) => Compilable>>;

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Compiles as PostgreSQL does, and cannot run anything. */
export const coldDatabase = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** @returns file name and content: the statement as the program sends it, its parameters, and where it is built */
export function documentStatement(
  name: string,
  build: SampleStatements[string],
  generatedBy: string,
): [string, string] {
  const { sql, parameters } = build(coldDatabase).compile(coldDatabase);
  const builder = findBuilder(name);
  const header = [
    generatedBy,
    `-- ${builder.name}() in ${builder.file}`,
    ...builder.documentation.map((line) => (line === '' ? '--' : `-- ${line}`)),
    ...(parameters.length > 0 ? ['--', '-- Parameters, with a sample value each:'] : []),
    ...parameters.map((value, index) => `--   $${index + 1} = ${showParameter(value)}`),
  ];
  const statement = format(sql, { language: 'postgresql', keywordCase: 'lower', expressionWidth: 100 });
  return [`${kebabCase(name)}.sql`, `${header.join('\n')}\n\n${statement};\n`];
}

/** One line, so that vectors and rows do not fill the page. */
function showParameter(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 120 ? text : `${text.slice(0, 117)}...`;
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');
}

/** A name may end in words of its own after an underscore, where one builder makes several shapes: `childCategories_top`. */
function findBuilder(name: string): { name: string; file: string; documentation: string[] } {
  const builder = name.split('_')[0] ?? name;
  for (const file of readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.ts')) continue;
    const source = readFileSync(path.join(ROOT, 'src', file), 'utf8');
    const declaration = source.search(new RegExp(`^export (async )?function ${builder}\\b`, 'm'));
    if (declaration >= 0) {
      const posix = path.join('src', file).split(path.sep).join('/');
      return { name: builder, file: posix, documentation: docComment(source.slice(0, declaration)) };
    }
  }
  throw new Error(
    `expected an exported function ${builder} in src/, found none: names of statements are those of their builders`,
  );
}

/** The lines of the comment that ends where `before` ends, without its stars; none if there is no comment there. */
function docComment(before: string): string[] {
  const comment = /\/\*\*(?<text>(?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(before)?.groups?.text;
  return comment === undefined
    ? []
    : comment
        .trim()
        .split('\n')
        .map((line) => line.replace(/^\s*\* ?/, '').trim());
}
