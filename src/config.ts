import path from 'node:path';
import { z } from 'zod';
import { editDistance } from './edit-distance.ts';
import { AppError, show } from './errors.ts';
import { isLanguage, LANGUAGES, type Language } from './words/language/languages.ts';

/** Everything that is set from outside. docs/configuration.md has a line for each variable. */
export interface Config {
  /** A PostgreSQL address; undefined for the embedded database. Holds a password: never logged. */
  readonly databaseUrl: string | undefined;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Absolute. Holds the embedded database, the pictures, uploads and the demo shop. */
  readonly dataFolder: string;
  /** The model of a new shop: a folder under models/. An existing shop knows its own. */
  readonly model: string;
  /** Whether an empty shop is filled with the demo shop at the first start: by default on the embedded database alone, never on somebody's server. */
  readonly demo: boolean;
  /** Signs cursors; undefined: the one kept in the database. */
  readonly cursorKey: Uint8Array | undefined;
  /** Whether pictures may be fetched from addresses inside the shop's own network. */
  readonly allowPrivateImageAddresses: boolean;
  /** Google's product taxonomy with numbers, for feeds that name its categories so; undefined: these say nothing. */
  readonly googleTaxonomy: string | undefined;
  /** Unrelated products that share a picture from which on it is a placeholder and a look of none of them; 0: never. */
  readonly placeholderProducts: number;
  /** Prefix of picture addresses, without a slash at the end; undefined: from each request. */
  readonly publicUrl: string | undefined;
  /** ISO 4217: what prices are compared in where a search does not say; undefined: that of most products. */
  readonly currency: string | undefined;
  /** Days for which searches are kept in the table `search`; 0: none is. */
  readonly searchLogDays: number;
  /** Whether `ProductSearchConnection.plan` answers: by default on the embedded database alone, since it shows an operator's SQL to whoever asks. */
  readonly explain: boolean;
  /** Undefined: `info` for the server, `error` for other commands. */
  readonly logLevel: LogLevel | undefined;
  /** Of titles and queries: what words are inflected by. Another list has the catalogue analysed anew. */
  readonly languages: readonly Language[];
  /** Names of the shop's own attributes that are codes. */
  readonly codeAttributes: readonly string[];
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A value that is checked by `parse`; where it is undefined, the value is not as `expected` says. */
function variable<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value === undefined) context.addIssue({ code: 'custom', message: expected });
    return value as T;
  });
}

/** @returns the address if it is one with one of these protocols */
function address(text: string, protocols: readonly string[]): URL | undefined {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) ? new URL(text) : undefined;
}

/** What stands between the commas, each once. */
function listed(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  return [...new Set(parts)].filter((part) => part !== '');
}

function oneOf<T extends string>(values: readonly T[]) {
  return variable(`one of ${values.join(', ')}`, (text) => values.find((value) => value === text));
}

const onOff = oneOf(['on', 'off']).transform((value) => value === 'on');

const VARIABLES = {
  DATABASE_URL: variable('an address like postgres://user:password@host:5432/database', (text) =>
    address(text, ['postgres:', 'postgresql:']) ? text : undefined,
  ),
  HOST: variable('a host name or an IP address', (text) => (/^[\w.:-]+$/.test(text) ? text : undefined)),
  PORT: variable('a port, 0 to 65535', (text) =>
    /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined,
  ),
  LOOKGRAPH_DATA: variable('a folder', (text) => path.resolve(text)),
  LOOKGRAPH_MODEL: variable('the name of a folder under models/', (text) =>
    /^[a-z0-9][a-z0-9._-]*$/i.test(text) ? text : undefined,
  ),
  LOOKGRAPH_DEMO: onOff,
  LOOKGRAPH_CURSOR_KEY: variable('at least 32 bytes as base64, as `openssl rand -base64 32` makes them', (text) => {
    const key = Buffer.from(text, 'base64');
    return key.length >= 32 && /^[\w+/-]+=*$/.test(text) ? new Uint8Array(key) : undefined;
  }),
  LOOKGRAPH_ALLOW_PRIVATE_IMAGE_ADDRESSES: onOff,
  LOOKGRAPH_GOOGLE_TAXONOMY: variable('a file', (text) => path.resolve(text)),
  LOOKGRAPH_PLACEHOLDER_PRODUCTS: variable('0, or a number of products from 2 to 1000000', (text) =>
    /^\d{1,7}$/.test(text) && Number(text) <= 1_000_000 && Number(text) !== 1 ? Number(text) : undefined,
  ),
  LOOKGRAPH_PUBLIC_URL: variable('an http or https address', (text) =>
    address(text, ['http:', 'https:']) ? text.replace(/\/+$/, '') : undefined,
  ),
  LOOKGRAPH_CURRENCY: variable('the three letters of an ISO 4217 currency like USD', (text) =>
    /^[a-z]{3}$/i.test(text) ? text.toUpperCase() : undefined,
  ),
  LOOKGRAPH_SEARCH_LOG_DAYS: variable('a number of days, 0 to 365', (text) =>
    /^\d{1,3}$/.test(text) && Number(text) <= 365 ? Number(text) : undefined,
  ),
  LOOKGRAPH_EXPLAIN: onOff,
  LOOKGRAPH_LOG_LEVEL: oneOf(LOG_LEVELS),
  LOOKGRAPH_LANGUAGES: variable(
    `languages separated by commas, each one of ${Object.keys(LANGUAGES).toSorted().join(', ')}`,
    (text): readonly Language[] | undefined => {
      const names = listed(text.toLowerCase());
      const languages = names.filter(isLanguage);
      return languages.length > 0 && languages.length === names.length ? languages : undefined;
    },
  ),
  LOOKGRAPH_CODE_ATTRIBUTES: variable('up to 50 names of attributes separated by commas', (text) => {
    const names = listed(text);
    return names.length > 0 && names.length <= 50 ? names : undefined;
  }),
} as const;

type VariableName = keyof typeof VARIABLES;

/** The names of all variables that are read. */
export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly VariableName[];

/** Values that must not be repeated in a message. */
const SECRETS: readonly string[] = ['DATABASE_URL', 'LOOKGRAPH_CURSOR_KEY'] satisfies VariableName[];

const DEFAULT_LANGUAGES: readonly Language[] = ['en'];

/** Edits apart at which a name is still taken for a misspelling of another. */
const MISSPELLING = 4;

/**
 * Reads the configuration from the environment. A variable that is set to nothing counts as not set.
 *
 * @throws AppError CONFIG_INVALID with every problem, one a line: wrong values, and LOOKGRAPH_ variables that do not exist
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = z.object(VARIABLES).partial().safeParse(given);
  const problems = [...unknownVariables(Object.keys(given)), ...wrongValues(given, parsed.error)];
  if (!parsed.success || problems.length > 0) {
    throw new AppError('CONFIG_INVALID', ['The environment is not as expected:', ...problems].join('\n  '));
  }
  const values = parsed.data;
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    host: values.HOST ?? '127.0.0.1',
    port: values.PORT ?? 4000,
    dataFolder: values.LOOKGRAPH_DATA ?? path.resolve('.lookgraph'),
    model: values.LOOKGRAPH_MODEL ?? 'lookgraph-mini',
    demo: values.LOOKGRAPH_DEMO ?? values.DATABASE_URL === undefined,
    cursorKey: values.LOOKGRAPH_CURSOR_KEY,
    allowPrivateImageAddresses: values.LOOKGRAPH_ALLOW_PRIVATE_IMAGE_ADDRESSES ?? false,
    googleTaxonomy: values.LOOKGRAPH_GOOGLE_TAXONOMY,
    placeholderProducts: values.LOOKGRAPH_PLACEHOLDER_PRODUCTS ?? 10,
    publicUrl: values.LOOKGRAPH_PUBLIC_URL,
    currency: values.LOOKGRAPH_CURRENCY,
    searchLogDays: values.LOOKGRAPH_SEARCH_LOG_DAYS ?? 7,
    explain: values.LOOKGRAPH_EXPLAIN ?? values.DATABASE_URL === undefined,
    logLevel: values.LOOKGRAPH_LOG_LEVEL,
    languages: values.LOOKGRAPH_LANGUAGES ?? DEFAULT_LANGUAGES,
    codeAttributes: values.LOOKGRAPH_CODE_ATTRIBUTES ?? [],
  });
}

function wrongValues(given: Record<string, string | undefined>, error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    const found = SECRETS.includes(name) ? 'something else (not shown: it is a secret)' : show(given[name]);
    return `${name}: expected ${issue.message}, found ${found}`;
  });
}

/** A misspelt variable would otherwise be ignored in silence. */
function unknownVariables(names: readonly string[]): string[] {
  return names
    .filter((name) => name.startsWith('LOOKGRAPH_') && !VARIABLE_NAMES.some((known) => known === name))
    .map((name) => {
      const nearest = nearestName(name);
      return `${name}: there is no such variable${nearest ? `; did you mean ${nearest}?` : ' (docs/configuration.md lists them)'}`;
    });
}

function nearestName(name: string): string | undefined {
  const bare = (text: string) => text.replace(/^LOOKGRAPH_/, '');
  return VARIABLE_NAMES.map((known) => ({ known, edits: editDistance(bare(name), bare(known)) }))
    .filter(({ edits, known }) => edits <= Math.min(MISSPELLING, bare(known).length / 2))
    .sort((a, b) => a.edits - b.edits)[0]?.known;
}
