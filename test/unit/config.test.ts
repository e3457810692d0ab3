import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, VARIABLE_NAMES } from '../../src/config.ts';
import { AppError } from '../../src/errors.ts';

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONFIG_INVALID') return error.message.split('\n  ').slice(1);
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toEqual({
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 4000,
      dataFolder: path.resolve('.lookgraph'),
      model: 'lookgraph-mini',
      demo: true,
      cursorKey: undefined,
      allowPrivateImageAddresses: false,
      googleTaxonomy: undefined,
      placeholderProducts: 10,
      currency: undefined,
      publicUrl: undefined,
      searchLogDays: 7,
      explain: true,
      logLevel: undefined,
      languages: ['en'],
      codeAttributes: [],
    });
  });

  it('reads every variable', () => {
    const env = {
      DATABASE_URL: 'postgresql://me@db.example:5433/shop',
      HOST: '::1',
      PORT: '0',
      LOOKGRAPH_DATA: '/var/lib/lookgraph',
      LOOKGRAPH_MODEL: 'clip-vit-base-patch32',
      LOOKGRAPH_DEMO: 'off',
      LOOKGRAPH_CURSOR_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOOKGRAPH_ALLOW_PRIVATE_IMAGE_ADDRESSES: 'on',
      LOOKGRAPH_GOOGLE_TAXONOMY: '/srv/taxonomy.txt',
      LOOKGRAPH_PLACEHOLDER_PRODUCTS: '25',
      LOOKGRAPH_PUBLIC_URL: 'https://search.example/shop/',
      LOOKGRAPH_CURRENCY: 'eur',
      LOOKGRAPH_SEARCH_LOG_DAYS: '0',
      LOOKGRAPH_EXPLAIN: 'on',
      LOOKGRAPH_LOG_LEVEL: 'warn',
      LOOKGRAPH_LANGUAGES: 'de, EN,de',
      LOOKGRAPH_CODE_ATTRIBUTES: 'Lager,legacy id',
    } satisfies Record<(typeof VARIABLE_NAMES)[number], string>;
    expect(loadConfig(env)).toEqual({
      databaseUrl: 'postgresql://me@db.example:5433/shop',
      host: '::1',
      port: 0,
      dataFolder: '/var/lib/lookgraph',
      model: 'clip-vit-base-patch32',
      demo: false,
      cursorKey: new Uint8Array(32).fill(7),
      allowPrivateImageAddresses: true,
      googleTaxonomy: '/srv/taxonomy.txt',
      placeholderProducts: 25,
      publicUrl: 'https://search.example/shop',
      currency: 'EUR',
      searchLogDays: 0,
      explain: true,
      logLevel: 'warn',
      languages: ['de', 'en'],
      codeAttributes: ['Lager', 'legacy id'],
    });
  });

  it('makes a demo shop on a server only when told to', () => {
    const DATABASE_URL = 'postgres://db.example/shop';
    expect(loadConfig({ DATABASE_URL }).demo).toBe(false);
    expect(loadConfig({ DATABASE_URL, LOOKGRAPH_DEMO: 'on' }).demo).toBe(true);
  });

  it('explains searches on a server only when told to', () => {
    const DATABASE_URL = 'postgres://db.example/shop';
    expect(loadConfig({ DATABASE_URL }).explain).toBe(false);
    expect(loadConfig({ DATABASE_URL, LOOKGRAPH_EXPLAIN: 'on' }).explain).toBe(true);
    expect(loadConfig({ LOOKGRAPH_EXPLAIN: 'off' }).explain).toBe(false);
  });

  it('is frozen', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  it('takes a variable that is set to nothing as not set, and leaves variables of others alone', () => {
    expect(loadConfig({ PORT: '', LOOKGRAPH_DEMO: '', PATH: '/bin', LOOKGRAPHICS: 'x' })).toEqual(loadConfig({}));
  });

  it('reports all problems at once', () => {
    expect(problemsOf({ PORT: '65536', LOOKGRAPH_DEMO: 'no', LOOKGRAPH_MODEL: '../etc', HOST: 'a b' })).toEqual([
      'HOST: expected a host name or an IP address, found "a b"',
      'PORT: expected a port, 0 to 65535, found "65536"',
      'LOOKGRAPH_MODEL: expected the name of a folder under models/, found "../etc"',
      'LOOKGRAPH_DEMO: expected one of on, off, found "no"',
    ]);
  });

  it.each(['-1', '1e3', '4000 ', '0x10', '4000.5'])('refuses the port %j', (port) => {
    expect(problemsOf({ PORT: port })).toEqual([`PORT: expected a port, 0 to 65535, found ${JSON.stringify(port)}`]);
  });

  it('shows no secret', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://me:hunter2@db/shop', LOOKGRAPH_CURSOR_KEY: 'hunter2' });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each([
    ['LOOKGRAPH_DEM', 'LOOKGRAPH_DEMO'],
    ['LOOKGRAPH_LOGLEVEL', 'LOOKGRAPH_LOG_LEVEL'],
    ['LOOKGRAPH_DATABASE_URL', 'DATABASE_URL'],
    ['LOOKGRAPH_PORT', 'PORT'],
    ['LOOKGRAPH_PUBLIC_ULR', 'LOOKGRAPH_PUBLIC_URL'],
  ])('names the nearest variable for the unknown %s: %s', (unknown, nearest) => {
    expect(problemsOf({ [unknown]: 'x' })).toEqual([`${unknown}: there is no such variable; did you mean ${nearest}?`]);
  });

  it('names none where none is near', () => {
    expect(problemsOf({ LOOKGRAPH_ELASTICSEARCH: 'x' })).toEqual([
      'LOOKGRAPH_ELASTICSEARCH: there is no such variable (docs/configuration.md lists them)',
    ]);
  });

  it('has a line in docs/configuration.md for each variable, and no line for another', () => {
    const documentation = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    const documented = Array.from(documentation.matchAll(/^\| `(\w+)` \|/gm), (match) => match[1]);
    expect(documented).toEqual(VARIABLE_NAMES);
  });
});
