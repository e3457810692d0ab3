import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sourceImports } from '../support/source-imports.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The import table of CONTRIBUTING.md. `embedding type` allows types of embedding/ alone. */
const FOUNDATION = [
  'edit-distance',
  'errors',
  'embedding-vector',
  'identifiers',
  'limiter',
  'project-folder',
  'seeded-random',
  'worker-thread',
];
const MAY_IMPORT: Record<string, readonly string[] | 'anything'> = {
  'edit-distance': [],
  errors: [],
  'embedding-vector': [],
  identifiers: [],
  limiter: [],
  'project-folder': [],
  'seeded-random': [],
  'worker-thread': [],
  words: ['errors'],
  config: [...FOUNDATION, 'words'],
  embedding: FOUNDATION,
  database: FOUNDATION,
  catalog: [...FOUNDATION, 'words', 'database', 'embedding type'],
  search: [...FOUNDATION, 'words', 'database', 'embedding type'],
  evaluation: [...FOUNDATION, 'database', 'embedding type', 'search'],
  download: [...FOUNDATION, 'embedding'],
  demo: FOUNDATION,
  graphql: [...FOUNDATION, 'catalog', 'search', 'evaluation', 'database type', 'embedding type'],
  http: [...FOUNDATION, 'database', 'embedding', 'catalog', 'search', 'evaluation', 'graphql', 'server'],
  server: [...FOUNDATION, 'database', 'embedding', 'catalog', 'search', 'evaluation', 'graphql', 'http'],
  shop: 'anything',
  main: 'anything',
  cli: 'anything',
};

/** The rooms of src/search, as CONTRIBUTING.md has them: a room uses itself and those before it. The files at its root use all of them, and none uses these. */
const SEARCH_ROOMS = [
  'request',
  'filter',
  'query',
  'nearest',
  'candidates',
  'ranking',
  'pages',
  'counts',
  'suggest',
  'log',
];

/** The package table of CONTRIBUTING.md. */
const PACKAGE_ONLY_IN: readonly (readonly [packages: RegExp, modules: readonly string[]])[] = [
  [/^(onnxruntime-node|@xenova\/transformers|@huggingface\/.*)$/, ['embedding']],
  [/^sharp$/, ['embedding', 'http', 'demo']],
  [/^(pg|pgvector|@electric-sql\/.*)$/, ['database']],
  [/^kysely$/, ['database', 'catalog', 'search', 'evaluation']],
  [/^(graphql|@apollo\/server|@as-integrations\/fastify|dataloader)$/, ['graphql', 'server', 'http']],
  [/^@orama\/stemmers$/, ['words']],
  [/^(fastify|@fastify\/.*)$/, ['server', 'http']],
  [/^(commander|cli-progress|cli-table3)$/, ['cli', 'main']],
  [/^(preact|@preact\/.*|react|react-dom|graphiql|@graphiql\/.*|vite)$/, []],
];

interface SourceFile {
  /** Below the repository's root, with slashes: `src/search/pages/cursor.ts`. */
  readonly name: string;
  readonly text: string;
}

const allFiles = [...filesOf('src'), ...filesOf('demo')];
/** Those that people write. */
const files = allFiles.filter(({ name }) => !name.includes('generated/'));
/** The page; test/unit/web-imports.test.ts has its own table. */
const pageFiles = filesOf('web');

function filesOf(folder: string): SourceFile[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`)
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ name, text: readFileSync(path.join(ROOT, name), 'utf8') }));
}

/** `src/search/pages/cursor.ts` belongs to `search`, `src/server.ts` to `server`, `demo/look.ts` to `demo`; what is elsewhere to nothing. */
function moduleOf(name: string): string | undefined {
  return /^(?:src\/)?(?<module>(?<=src\/)[\w-]+|demo(?=\/))/.exec(name)?.groups?.module;
}

function resolveImport(file: SourceFile, specifier: string): string {
  return path.posix.join(path.posix.dirname(file.name), specifier);
}

/** `src/search/pages/cursor.ts` is in the room `pages`; files elsewhere, and those at the root of search/, in none. */
function roomOf(name: string): string | undefined {
  return /^src\/search\/([^/]+)\//.exec(name)?.[1];
}

/** @returns whether an import within src/search, types included, goes down the line of rooms, or stays in one */
function goesDown(from: string, to: string): boolean {
  const room = roomOf(from);
  if (room === undefined) return true;
  return SEARCH_ROOMS.slice(0, SEARCH_ROOMS.indexOf(room) + 1).includes(roomOf(to) ?? '');
}

/** @returns what is wrong with the imports of one file: its path, the line, what is imported */
function importOffences(file: SourceFile): string[] {
  const from = moduleOf(file.name) ?? '';
  const allowed = MAY_IMPORT[from];
  if (allowed === undefined) return [`${file.name}: the import table of CONTRIBUTING.md has no row for ${from}`];
  return sourceImports(file.text).flatMap(({ line, specifier, typeOnly }) => {
    const offence = [`${file.name}:${line} imports ${specifier}${typeOnly ? ' (types)' : ''}`];
    if (specifier.startsWith('node:')) return [];
    if (!specifier.startsWith('.')) return mayUsePackage(from, specifier) ? [] : offence;
    const target = resolveImport(file, specifier);
    const to = moduleOf(target);
    if (to === undefined) return offence;
    if (to === 'search' && from === 'search' && !goesDown(file.name, target)) return offence;
    const may =
      to === from || allowed === 'anything' || allowed.includes(to) || (typeOnly && allowed.includes(`${to} type`));
    return may ? [] : offence;
  });
}

function mayUsePackage(from: string, specifier: string): boolean {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return PACKAGE_ONLY_IN.every(([packages, modules]) => !packages.test(name) || modules.includes(from));
}

/** @returns the first way from a file back to itself through imports, types included, if there is one */
function findCycle(all: readonly SourceFile[]): string[] | undefined {
  const targets = new Map(
    all.map((file) => [
      file.name,
      sourceImports(file.text)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => resolveImport(file, specifier)),
    ]),
  );
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const target of targets.get(name) ?? []) {
      const cycle = visit(target, [...way, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const { name } of all) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}

function linesMatching(pattern: RegExp, except: readonly string[] = []): string[] {
  return files
    .filter(({ name }) => !except.includes(name))
    .flatMap(({ name, text }) =>
      text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1} ${line.trim()}`] : [])),
    );
}

describe('the source', () => {
  it('imports in the direction of the table, and packages only where it says', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(importOffences)).toEqual([]);
  });

  it('has no circle of imports, types and generated files included', () => {
    expect(findCycle(allFiles)).toBeUndefined();
  });

  it('has the rooms of src/search that are listed, and no other', () => {
    const rooms = new Set(files.flatMap(({ name }) => roomOf(name) ?? []));
    expect([...rooms].sort()).toEqual([...SEARCH_ROOMS].sort());
  });

  it('has no file over 300 lines, and half of them under 120', () => {
    const lengths = files.map((file) => ({ ...file, lines: file.text.split('\n').length - 1 }));
    const long = lengths.filter(({ lines }) => lines > 300);
    expect(long.map(({ name, lines }) => `${name}: ${lines} lines`)).toEqual([]);
    expect(lengths.filter(({ lines }) => lines < 120).length).toBeGreaterThan(files.length / 2);
  });

  it('reads the environment in config.ts alone', () => {
    expect(linesMatching(/\bprocess\.env\b/, ['src/config.ts'])).toEqual([]);
  });

  it('looks for files of the project in project-folder.ts alone, since dist/ is deeper than src/', () => {
    expect(linesMatching(/new URL\(\s*['"`]\.\.\//, ['src/project-folder.ts'])).toEqual([]);
  });

  it('has no default exports', () => {
    expect(linesMatching(/^export default\b|\bas default\b/)).toEqual([]);
  });

  it('has no barrels', () => {
    expect(linesMatching(/^export \*/)).toEqual([]);
    expect(files.filter(({ name }) => name.endsWith('index.ts')).map(({ name }) => name)).toEqual([]);
  });
});

describe('the page', () => {
  it('has no circle of imports, types and generated files included', () => {
    expect(pageFiles.length).toBeGreaterThan(30);
    expect(findCycle(pageFiles)).toBeUndefined();
  });
});

describe('the checks themselves', () => {
  it.each([
    [
      'src/embedding/a.ts',
      "import { db } from '../database/database.ts';",
      'src/embedding/a.ts:1 imports ../database/database.ts',
    ],
    [
      'src/search/a.ts',
      "\nimport { openEmbedder } from '../embedding/embedder.ts';",
      'src/search/a.ts:2 imports ../embedding/embedder.ts',
    ],
    [
      'src/search/a.ts',
      "import type { Product } from '../catalog/read-products.ts';",
      'src/search/a.ts:1 imports ../catalog/read-products.ts (types)',
    ],
    [
      'src/search/nearest/a.ts',
      "import type { Ranking } from '../ranking/ranking.ts';",
      'src/search/nearest/a.ts:1 imports ../ranking/ranking.ts (types)',
    ],
    ['src/search/log/a.ts', "import { once } from '../once.ts';", 'src/search/log/a.ts:1 imports ../once.ts'],
    ['src/server.ts', "import { loadConfig } from './config.ts';", 'src/server.ts:1 imports ./config.ts'],
    ['src/graphql/a.ts', "import {\n  sql,\n} from 'kysely';", 'src/graphql/a.ts:1 imports kysely'],
    ['src/catalog/a.ts', "const x = await import('onnxruntime-node');", 'src/catalog/a.ts:1 imports onnxruntime-node'],
    ['src/search/a.ts', "import 'pgvector/pg';", 'src/search/a.ts:1 imports pgvector/pg'],
    ['src/cli/a.ts', "import { App } from '../../web/main.tsx';", 'src/cli/a.ts:1 imports ../../web/main.tsx'],
    ['src/http/a.ts', "import { h } from 'preact';", 'src/http/a.ts:1 imports preact'],
    [
      'src/cli/a.ts',
      "import { a } from '../../test/support/database.ts';",
      'src/cli/a.ts:1 imports ../../test/support/database.ts',
    ],
    ['src/http/a.ts', "import { look } from '../../demo/look.ts';", 'src/http/a.ts:1 imports ../../demo/look.ts'],
    ['demo/a.ts', "import type { Shop } from '../src/shop.ts';", 'demo/a.ts:1 imports ../src/shop.ts (types)'],
    ['src/utils/a.ts', '', 'src/utils/a.ts: the import table of CONTRIBUTING.md has no row for utils'],
  ])('find the offence in %s: %j', (name, text, offence) => {
    expect(importOffences({ name, text })).toEqual([offence]);
  });

  it.each([
    ['src/search/a.ts', "import type { Embedder } from '../embedding/embedder.ts';"],
    ['src/search/a.ts', "import { type Embedder, type Region } from '../embedding/embedder.ts';"],
    [
      'src/search/a.ts',
      "import { sql } from 'kysely';\nimport { readFile } from 'node:fs/promises';\nimport './b.ts';",
    ],
    ['src/search/ranking/a.ts', "import type { Scan } from '../nearest/scan-plan.ts';\nimport { b } from './b.ts';"],
    ['src/search/a.ts', "import { suggest } from './suggest/suggest.ts';\nimport { once } from './once.ts';"],
    ['demo/a.ts', "import { AppError } from '../src/errors.ts';\nimport sharp from 'sharp';"],
    ['src/cli/a.ts', "import { writeDemoShop } from '../../demo/demo-shop.ts';"],
    ['src/cli/a.ts', "import { Command } from 'commander';\nimport { loadConfig } from '../config.ts';"],
  ])('find none in %s: %j', (name, text) => {
    expect(importOffences({ name, text })).toEqual([]);
  });

  it('find a circle, through types as well', () => {
    const a = { name: 'src/search/a.ts', text: "import { b } from './b.ts';" };
    expect(findCycle([a, { name: 'src/search/b.ts', text: "export { a } from './a.ts';" }])).toEqual([
      'src/search/a.ts',
      'src/search/b.ts',
      'src/search/a.ts',
    ]);
    expect(findCycle([a, { name: 'src/search/b.ts', text: "import type { a } from './a.ts';" }])).toHaveLength(3);
    expect(findCycle([a, { name: 'src/search/b.ts', text: "import { c } from './c.ts';" }])).toBeUndefined();
  });
});
