import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { citedPaths, commentsOf } from '../support/cited-paths.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What is installed, built or kept at run time; inputs of tests; this file, whose examples are broken. */
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.lookgraph', 'tmp', 'fixtures', 'cited-paths.test.ts']);
const READ = /(?:\.(?:tsx?|mjs|css|md|sql|graphql|ya?ml)|(?:^|\/)\.ci\/run)$/;

const files = filesBelow('');
const folders = new Set(files.filter((name) => name.includes('/')).map((name) => name.split('/')[0] ?? ''));
/** `src/search/once.ts` by `once.ts`, `search/once.ts` and `src/search/once.ts`. */
const endings = new Set(files.flatMap((name) => name.split('/').map((_, at, parts) => parts.slice(at).join('/'))));

/** @returns names below the repository's root, with slashes */
function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.has(name))
    .flatMap((entry) => {
      const name = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(name) : [name];
    });
}

/** @returns the paths that a file names and that nothing has, each with its place */
function brokenCitations(name: string, text: string): string[] {
  const from = path.join(ROOT, path.dirname(name));
  return citedPaths(commentsOf(name, text), folders)
    .filter((cited) => {
      const found = endings.has(cited.path) || existsSync(path.join(ROOT, cited.path));
      return !found && !existsSync(path.join(from, cited.path));
    })
    .map((cited) => `${name}:${cited.line} ${cited.path}`);
}

describe('comments and documents', () => {
  it('name no path of the repository that does not exist', () => {
    const read = files.filter((name) => READ.test(name));
    expect(read.length).toBeGreaterThan(500);
    expect(read.flatMap((name) => brokenCitations(name, readFileSync(path.join(ROOT, name), 'utf8')))).toEqual([]);
  });
});

/** How the work went says nothing of what there is: numbered steps of it, who asked, what is left to do. */
const OF_THE_WORK =
  /\b(?:until|since|before|at|in|by) (?:stop|step|stage|milestone|sprint|iteration|task|issue|session) #?\d+\b|\b(?:TODO|FIXME|XXX)\b|\bthe (?:brief|assignment|ticket)\b|\bin (?:this|the last|the next) (?:session|sprint|iteration|commit)\b/i;

/** @returns the lines that tell how the work went */
function linesOfTheWork(name: string, text: string): string[] {
  return commentsOf(name, text)
    .split('\n')
    .flatMap((line, index) => (OF_THE_WORK.test(line) ? [`${name}:${index + 1} ${line.trim()}`] : []));
}

describe('what comments and documents tell', () => {
  it('is what there is, and not how the work went', () => {
    const read = files.filter((name) => READ.test(name));
    expect(read.flatMap((name) => linesOfTheWork(name, readFileSync(path.join(ROOT, name), 'utf8')))).toEqual([]);
  });

  it.each([
    ['docs/a.md', 'Until stop 11 they took turns.'],
    ['src/a.ts', '// TODO: more of this'],
    ['src/a.ts', '/** As in issue 15. */'],
    ['migrations/a.sql', 'select 1; -- in this sprint'],
  ])('may not be as in %s: %j', (name, text) => {
    expect(linesOfTheWork(name, text)).toHaveLength(1);
  });

  it.each([
    ['docs/a.md', 'PostgreSQL stops at 11 rows; the next step is a scan.'],
    ['src/a.ts', "const text = 'until stop 11';"],
  ])('may be as in %s: %j', (name, text) => {
    expect(linesOfTheWork(name, text)).toEqual([]);
  });
});

describe('the check of cited paths', () => {
  it.each([
    ['src/a.ts', '/** As in src/search/no-such-place.ts. */', 'src/a.ts:1 src/search/no-such-place.ts'],
    ['src/a.ts', '/**\n * As in no-such-file.ts.\n */', 'src/a.ts:2 no-such-file.ts'],
    ['src/a.ts', 'const a = 1; // measured (study/nothing.md)', 'src/a.ts:1 study/nothing.md'],
    ['web/a.tsx', '{/* test/no-such-folder has it */}', 'web/a.tsx:1 test/no-such-folder'],
    [
      'migrations/a.sql',
      'select 1; -- see docs/decisions/9999-none.md',
      'migrations/a.sql:1 docs/decisions/9999-none.md',
    ],
    ['docs/a.md', 'See [there](decisions/9999-none.md).', 'docs/a.md:1 decisions/9999-none.md'],
    ['.ci/run', '# As bench/no-such-file does.', '.ci/run:1 bench/no-such-file'],
  ])('finds in %s: %j', (name, text, broken) => {
    expect(brokenCitations(name, text)).toEqual([broken]);
  });

  it.each([
    ['src/a.ts', "import { a } from './no-such-file.ts';\nconst b = 'src/no-such-file.ts';"],
    ['src/a.ts', '// src/errors.ts, errors.ts, test/unit and https://example.com/src/none.ts'],
    [
      'docs/a.md',
      '[errors](errors.md), `decisions/0006-relevance.md`, dist/src/main.js, `.ts`, `bench/<name>.bench.ts`',
    ],
    ['migrations/a.sql', 'select 1; -- no path at all'],
  ])('finds none in %s: %j', (name, text) => {
    expect(brokenCitations(name, text)).toEqual([]);
  });
});
