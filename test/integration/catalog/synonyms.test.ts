import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followSynonyms } from '../../../src/catalog/synonyms/follow-synonyms.ts';
import { getSynonymsByIds, listSynonyms, readSynonymRules } from '../../../src/catalog/synonyms/read-synonyms.ts';
import {
  addSynonyms,
  clearSynonyms,
  deleteSynonyms,
  importSynonyms,
} from '../../../src/catalog/synonyms/write-synonyms.ts';
import { openAnalysis } from '../../../src/words/language/open-analysis.ts';
import { readSynonyms, writeSynonym } from '../../../src/words/query/synonym-file.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await clearSynonyms(database.db);
});

const FILE = '# seats\nsofa, couch\nloo roll => toilet paper\n';
const KEEP = { deleteMissing: false, dryRun: false };
const lines = async () => (await readSynonymRules(database.db)).map(writeSynonym);

describe('a file of synonyms', () => {
  it('is stored in its order, once, and the same file again changes nothing', async () => {
    const first = await importSynonyms(database.db, FILE, KEEP);
    expect(first).toEqual({ created: 2, unchanged: 0, missing: 0, deleted: 0, problems: [], dryRun: false });
    expect(await lines()).toEqual(['sofa, couch', 'loo roll => toilet paper']);
    expect(await importSynonyms(database.db, 'Couch, SOFA\nloo roll=>toilet paper', KEEP)).toMatchObject({
      created: 0,
      unchanged: 2,
    });
    expect(await lines()).toEqual(['sofa, couch', 'loo roll => toilet paper']);
  });

  it('goes in without its bad lines, which are told', async () => {
    const { created, problems } = await importSynonyms(database.db, 'sofa\na => b => c\nx, y', KEEP);
    expect(created).toBe(1);
    expect(problems).toEqual([
      { line: 1, expected: 'two or more words with commas between them', found: 'only "sofa"' },
      { line: 2, expected: 'one arrow', found: '2' },
    ]);
  });

  it('deletes what it does not have where that was asked for, and never where a line cannot be read', async () => {
    await importSynonyms(database.db, FILE, KEEP);
    const all = { deleteMissing: true, dryRun: false };
    expect(await importSynonyms(database.db, 'lamp, light\nsofa', all)).toMatchObject({ missing: 2, deleted: 0 });
    expect(await lines()).toHaveLength(3);
    expect(await importSynonyms(database.db, 'lamp, light', { ...all, dryRun: true })).toMatchObject({ deleted: 2 });
    expect(await lines()).toHaveLength(3);
    expect(await importSynonyms(database.db, 'lamp, light', all)).toMatchObject({ missing: 2, deleted: 2 });
    expect(await lines()).toEqual(['lamp, light']);
  });

  it('is refused as a whole where the shop would have too many', async () => {
    const many = Array.from({ length: 10_001 }, (_, i) => `a${i}, b${i}`).join('\n');
    await expect(importSynonyms(database.db, many, KEEP)).rejects.toThrow(
      'at most 10,000 rules in a shop, found 10001',
    );
    expect(await lines()).toEqual([]);
  });
});

describe('synonyms one by one', () => {
  const { rules } = readSynonyms('a, b\nc => d\nA, B');

  it('are added, listed with the latest first, and deleted by id', async () => {
    const ids = await addSynonyms(database.db, rules);
    expect(new Set(ids).size).toBe(2);
    const page = await listSynonyms(database.db, { first: 1 });
    expect(page).toMatchObject({ items: [{ words: ['c'], meanings: ['d'] }], hasNextPage: true });
    const { place } = page.items[0] ?? {};
    expect((await listSynonyms(database.db, { first: 5, after: place })).items).toMatchObject([
      { words: ['a', 'b'], meanings: null },
    ]);
    const [known, unknown] = await getSynonymsByIds(database.db, [
      ids[1] ?? '',
      '00000000-0000-4000-8000-000000000000',
    ]);
    expect([known?.words, unknown]).toEqual([['c'], undefined]);
    expect(await deleteSynonyms(database.db, [ids[0] ?? '', ids[0] ?? ''])).toBe(1);
    expect(await lines()).toEqual(['c => d']);
  });

  it('are refused in SQL where they say nothing', async () => {
    const insert = (values: string) =>
      sql.raw(`insert into synonym (words, meanings) values (${values})`).execute(database.db);
    await expect(insert(`'{one}', null`)).rejects.toThrow();
    await expect(insert(`'{}', '{a}'`)).rejects.toThrow();
    await expect(insert(`'{a}', '{}'`)).rejects.toThrow();
    await insert(`'{tv}', '{television}'`);
    expect(await lines()).toEqual(['tv => television']);
  });
});

describe('servers', () => {
  it('see what another one, or SQL, changed, without asking at each search', async () => {
    const analysis = await openAnalysis({ languages: ['en'] });
    let time = 0;
    const follower = followSynonyms({ db: database.db, analysis: async () => analysis, now: () => time });
    const known = async () => [...(await follower.current()).meanings.keys()];
    expect(await known()).toEqual([]);
    await sql`insert into synonym (words, meanings) values ('{tv}', '{television}')`.execute(database.db);
    expect(await known()).toEqual([]);
    time += 2_000;
    expect(await known()).toEqual(['tv']);
    const same = await follower.current();
    time += 2_000;
    expect(await follower.current()).toBe(same);
    await sql`truncate synonym`.execute(database.db);
    follower.refresh();
    expect(await known()).toEqual([]);
  });

  it('prepare the rules anew for other languages', async () => {
    await addSynonyms(database.db, readSynonyms('sofas, couches').rules);
    let analysis = await openAnalysis({ languages: [] });
    const follower = followSynonyms({ db: database.db, analysis: async () => analysis });
    expect([...(await follower.current()).meanings.keys()]).toEqual(['sofas', 'couches']);
    analysis = await openAnalysis({ languages: ['en'] });
    follower.refresh();
    expect([...(await follower.current()).meanings.keys()]).toEqual(['sofa', 'couch']);
  });
});
