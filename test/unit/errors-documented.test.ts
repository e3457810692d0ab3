import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../src/errors.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CODES = Object.keys(ERRORS) as ErrorCode[];
/** Files that write codes without producing the error. */
const NOT_PRODUCING = [path.basename(import.meta.url)];

interface Row {
  readonly code: string;
  readonly meaning: string;
  readonly remedy: string;
  readonly httpStatus: number;
  readonly exitCode: number;
  readonly retryable: boolean;
}

function documentedErrors(): Row[] {
  const lines = readFileSync(path.join(ROOT, 'docs/errors.md'), 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [, code = '', meaning = '', remedy = '', http, exit, retryable] = line
        .split('|')
        .map((cell) => cell.trim());
      return {
        code: code.replaceAll('`', ''),
        meaning,
        remedy,
        httpStatus: Number(http),
        exitCode: Number(exit),
        retryable: retryable === 'yes',
      };
    });
}

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !NOT_PRODUCING.includes(path.basename(name)))
    .map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8'));
}

describe('docs/errors.md', () => {
  const rows = documentedErrors();

  it('has one row for each code, in the order of the table', () => {
    expect(rows.map(({ code }) => code)).toEqual(CODES);
  });

  it('says of each code what the table says', () => {
    const documented = rows.map(({ code, httpStatus, exitCode, retryable }) => [
      code,
      { retryable, httpStatus, exitCode },
    ]);
    expect(Object.fromEntries(documented)).toEqual(ERRORS);
  });

  it('says what each code means and what to do', () => {
    expect(rows.filter(({ meaning, remedy }) => meaning.length < 10 || remedy.length < 10)).toEqual([]);
  });
});

describe('each error code', () => {
  const source = sourcesIn('src').join('\n');
  const tests = sourcesIn('test').join('\n');

  it.each(CODES)('%s is produced by a test', (code) => {
    // Not toMatch, which would print all tests.
    expect(new RegExp(`\\b${code}\\b`).test(tests)).toBe(true);
  });

  it.each(CODES)('%s is used in the source', (code) => {
    // badInput() makes BAD_USER_INPUT; the table itself writes `CODE: {`, not a quoted code.
    expect(source.includes(`'${code}'`)).toBe(true);
  });
});
