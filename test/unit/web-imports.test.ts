import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sourceImports } from '../support/source-imports.ts';

const WEB_FOLDER = fileURLToPath(new URL('../../web/', import.meta.url));

/** The second import table of CONTRIBUTING.md: what parts of web/ may import of each other. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  generated: [],
  wording: [],
  api: ['generated'],
  search: ['api', 'generated', 'wording'],
  catalogue: ['api', 'generated', 'wording'],
  components: ['api', 'catalogue', 'generated', 'search', 'wording'],
  main: ['components', 'search', 'style'],
  graphiql: [],
  'vite.config': ['precompress'],
  precompress: [],
};

const PAGE = ['main', 'components', 'search', 'catalogue', 'api'];
const BUILD = ['vite.config', 'precompress'];

/** Packages of web/ and where they may be: each is weight for everybody who opens the page. */
const PACKAGE_ONLY_IN: readonly (readonly [packages: RegExp, parts: readonly string[]])[] = [
  [/^(preact(\/hooks)?|@preact\/signals)$/, PAGE],
  [/^@fontsource-variable\//, ['main']],
  // Types alone: gone after compilation.
  [/^@graphql-typed-document-node\/core$/, ['api', 'generated']],
  [/^(graphiql|@graphiql|react|react-dom)(\/|$)/, ['graphiql']],
  [/^(vite$|node:)/, BUILD],
];

interface WebFile {
  /** Below web/, with slashes: `search/address.ts`. */
  readonly name: string;
  readonly text: string;
}

const files: WebFile[] = readdirSync(WEB_FOLDER, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(path.sep).join('/'))
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(path.join(WEB_FOLDER, name), 'utf8') }));

/** `search/address.ts` belongs to `search`, `main.tsx` to `main`. */
function partOf(name: string): string {
  return (name.split('/')[0] ?? '').replace(/\.tsx?$/, '');
}

/** @returns what is wrong with the imports of one file */
function offences({ name, text }: WebFile): string[] {
  const from = partOf(name);
  const allowed = MAY_IMPORT[from];
  if (allowed === undefined) return [`web/${name}: the import table of CONTRIBUTING.md has no row for ${from}`];
  return sourceImports(text).flatMap(({ line, specifier }) => {
    const offence = [`web/${name}:${line} imports ${specifier}`];
    if (!specifier.startsWith('.')) {
      const may = PACKAGE_ONLY_IN.some(([packages, parts]) => packages.test(specifier) && parts.includes(from));
      return may ? [] : offence;
    }
    const target = path.posix.join(path.posix.dirname(name), specifier);
    const to = partOf(target);
    return !target.startsWith('..') && (to === from || allowed.includes(to)) ? [] : offence;
  });
}

describe("the page's source", () => {
  it('imports in the direction of the table, packages only where it says, and nothing of the server', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(offences)).toEqual([]);
  });

  it('has no file over 400 lines but what is generated', () => {
    const long = files.filter(({ name, text }) => partOf(name) !== 'generated' && text.split('\n').length > 401);
    expect(long.map(({ name }) => name)).toEqual([]);
  });

  it('names no address outside of the server', () => {
    const named = files.filter(({ text }) => /['"`](https?:)?\/\/(?!127\.0\.0\.1|localhost)[\w.-]+\.\w/.test(text));
    expect(named.map(({ name }) => name)).toEqual([]);
  });

  it.each([
    [
      'search/a.ts',
      "import { Icon } from '../components/icon.tsx';",
      'web/search/a.ts:1 imports ../components/icon.tsx',
    ],
    ['api/a.ts', "import type { Shop } from '../../src/shop.ts';", 'web/api/a.ts:1 imports ../../src/shop.ts'],
    ['components/a.tsx', "import React from 'react';", 'web/components/a.tsx:1 imports react'],
    ['components/a.tsx', "import { debounce } from 'lodash';", 'web/components/a.tsx:1 imports lodash'],
    ['graphiql/a.ts', "import { signal } from '@preact/signals';", 'web/graphiql/a.ts:1 imports @preact/signals'],
    ['pages/a.ts', '', 'web/pages/a.ts: the import table of CONTRIBUTING.md has no row for pages'],
  ])('is checked: the offence in %s is found: %j', (name, text, offence) => {
    expect(offences({ name, text })).toEqual([offence]);
  });
});
