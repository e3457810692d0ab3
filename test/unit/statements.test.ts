import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allStatements } from '../../scripts/all-statements.ts';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** A sample's name may end in words of its own, where one builder makes several shapes. */
const builders = new Set(Object.keys(allStatements).map((name) => name.split('_')[0] ?? name));

/** What is run, but is no statement that its caller has built on the spot. */
const OTHERS: Readonly<Record<string, string>> = {
  transaction: 'a transaction',
  setAccessMode: 'a transaction',
  connection: 'a connection',
  engine: 'the embedded PostgreSQL, which takes messages of its protocol',
  pictures: 'one of two builders that nearest-products.ts is given to widen',
  statement: 'one of two builders that word-candidates.ts chooses from',
  'sql.raw': 'a file of SQL, which lies in the project as it is run',
};

/** Whatever runs a statement: `.execute(`, `.executeTakeFirst(`, `.executeTakeFirstOrThrow(`. */
const RUNS = /\s*\.execute(?:TakeFirst(?:OrThrow)?)?\(/g;

/**
 * What is run in a source: the function whose result it is, `productsByIds`, or the end of an expression that is none.
 * `where` of `db.selectFrom('product').where(...).execute()`: built in the same place.
 */
function whatIsRun(source: string): string[] {
  return [...source.matchAll(RUNS)].map((match) => calledBefore(source, match.index));
}

function calledBefore(source: string, end: number): string {
  const last = source[end - 1];
  const name = last === ')' ? source.slice(0, openingOf(source, end - 1)) : source.slice(0, end);
  return /(?:\bsql\.)?[\w$]+$/.exec(name)?.[0] ?? source.slice(Math.max(0, end - 60), end);
}

/** `explain` of a statement that has a builder of its own. */
function asksForPlan(run: string): boolean {
  return /`explain \(.*\$\{statement\}`$/.test(run);
}

/** Where the parenthesis that closes at `end` was opened. */
function openingOf(source: string, end: number): number {
  let depth = 0;
  for (let i = end; i >= 0; i--) {
    if (source[i] === ')') depth += 1;
    else if (source[i] === '(') depth -= 1;
    if (depth === 0) return i;
  }
  throw new Error('expected an opening parenthesis, found none');
}

function sources(): [file: string, source: string][] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(join(SRC, file), 'utf8')]);
}

describe('statements', () => {
  it('are each built by a function that docs/sql shows, and run elsewhere', () => {
    const found = sources().flatMap(([file, source]) =>
      whatIsRun(source)
        .filter((name) => !builders.has(name) && !(name in OTHERS) && !asksForPlan(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  it('are all sent: none that docs/sql shows is built for nothing', () => {
    const all = sources()
      .map(([, source]) => source)
      .join('\n');
    const uses = (name: string) => [...all.matchAll(new RegExp(`(?<!function )\\b${name}\\(`, 'g'))].length;
    expect([...builders].filter((name) => uses(name) === 0)).toEqual([]);
  });

  it.each([
    ['a template', 'await sql<{ n: number }>`select 1 as n`.execute(db);', '`select 1 as n`'],
    ['a chain', "await db.selectFrom('product').where('id', '=', (a(b)))\n  .executeTakeFirst();", 'where'],
    ['a builder', 'const { rows } = await productsByIds(db, [f(x)]).execute();', 'productsByIds'],
  ])('are recognised: %s', (_, source, name) => {
    expect(whatIsRun(source)).toEqual([expect.stringContaining(name)]);
  });
});
