import { describe, expect, it } from 'vitest';
import { type DatabaseVersions, judgeVersions } from '../../../src/database/database-version.ts';

const sound: DatabaseVersions = {
  postgres: '17.11',
  pgvectorAvailable: '0.8.4',
  pgvectorInstalled: undefined,
  trigram: true,
};

describe('judgeVersions', () => {
  it.each(['0.8.4', '0.8.10', '0.10.0', '1.0.0'])('accepts pgvector %s without a warning', (version) => {
    expect(judgeVersions({ ...sound, pgvectorAvailable: version })).toEqual({ refusal: undefined, warnings: [] });
  });

  it.each(['0.8.0', '0.8.2', '0.8.3'])('warns of pgvector %s, saying what it can do to an index', (version) => {
    const { refusal, warnings } = judgeVersions({ ...sound, pgvectorAvailable: version });
    expect(refusal).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`^pgvector ${version}: .*corrupt HNSW`))]);
  });

  it.each(['0.7.4', '0.5.1'])('refuses pgvector %s, saying what it lacks', (version) => {
    const { refusal } = judgeVersions({ ...sound, pgvectorAvailable: version });
    expect(refusal).toMatch(new RegExp(`expected pgvector 0\\.8\\.0 or later, found ${version}.*iterative`));
  });

  it('judges the installed pgvector, not the available one, and says how to update', () => {
    const { refusal } = judgeVersions({ ...sound, pgvectorInstalled: '0.7.4', pgvectorAvailable: '0.8.4' });
    expect(refusal).toContain('found 0.7.4');
    expect(refusal).toContain('the server has 0.8.4: run "alter extension vector update"');
  });

  it('refuses a server without pgvector or pg_trgm', () => {
    expect(judgeVersions({ ...sound, pgvectorAvailable: undefined }).refusal).toMatch(/pgvector.*found none/);
    expect(judgeVersions({ ...sound, trigram: false }).refusal).toMatch(/pg_trgm.*found none/);
  });

  it.each(['15.0', '15beta1', '17.11 (Debian 17.11-0+deb13u1)', '18.6'])('accepts PostgreSQL %s', (postgres) => {
    expect(judgeVersions({ ...sound, postgres }).refusal).toBeUndefined();
  });

  it.each(['14.9', '9.6.24'])('refuses PostgreSQL %s', (postgres) => {
    expect(judgeVersions({ ...sound, postgres }).refusal).toBe(`expected PostgreSQL 15 or later, found ${postgres}`);
  });

  it('does not guess at a version that has no number', () => {
    expect(() => judgeVersions({ ...sound, postgres: 'devel' })).toThrow('found devel');
  });
});
