import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importFeed } from '../../../src/catalog/import-feed.ts';
import { beginImport, endImport, type PhaseProgress, recordBatch } from '../../../src/catalog/import-records.ts';
import {
  getImportsByIds,
  type ImportRunProgress,
  listImportFailures,
  listImports,
} from '../../../src/catalog/read-imports.ts';
import { productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { emptyShop, openEmbedDeps } from '../../support/embed-deps.ts';
import { createFakeEmbedder } from '../../support/fake-embedder.ts';

const NOTHING = {
  ...{ products_created: 0, products_updated: 0, products_unchanged: 0, products_failed: 0 },
  ...{ images_embedded: 0, images_failed: 0 },
  ...{ products_missing: null, products_deleted: 0, products_expired: 0 },
};

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-imports-'));
});
beforeEach(() => emptyShop(database));
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const latest = async () => (await listImports(database.db, { first: 1 })).items[0];
const begin = () => beginImport(database.db, { source: '/home/me/feeds/shop.tsv', format: 'TSV' });
const record = (id: string, progress: PhaseProgress, counts = NOTHING) =>
  recordBatch(database.db, id, { counts, progress }, []);

describe('a running import', () => {
  it('tells how far it is while it reads and while it embeds', async () => {
    const seen: (ImportRunProgress | null | undefined)[] = [];
    // One look after the other: of two at once the first may be answered last.
    let looked = Promise.resolve();
    const look = async () => void seen.push((await latest())?.progress);
    const embedder = createFakeEmbedder({
      before: async ({ text }) => {
        if (!text?.endsWith('00')) return;
        looked = looked.then(look);
        await looked;
      },
    });
    const deps = await openEmbedDeps(database, { embedder });
    const rows = Array.from({ length: 1_200 }, (_, index) => `P${index}\tThing ${index}`);
    await writeFile(join(folder, 'many.tsv'), `id\ttitle\n${rows.join('\n')}\n`);
    await importFeed(deps, { path: join(folder, 'many.tsv') });
    expect(seen.length).toBeGreaterThan(5);
    expect(new Set(seen.map((each) => each?.phase))).toEqual(new Set(['READING', 'EMBEDDING']));
    const embedding = seen.flatMap((each) => (each?.phase === 'EMBEDDING' ? [each] : []));
    for (const { share, secondsLeft, updatedAt } of embedding) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(1);
      // The batch that begins the phase is the first that is known of it: no time has passed since.
      expect(secondsLeft === null || secondsLeft > 0).toBe(true);
      expect(updatedAt).toBeInstanceOf(Date);
    }
    expect(embedding.some(({ perSecond }) => perSecond !== null && perSecond > 0)).toBe(true);
    const shares = embedding.map(({ share }) => Number(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(await latest()).toMatchObject({ state: 'COMPLETED', progress: null, productsCreated: 1_200 });
  });

  it('counts a phase from its own beginning', async () => {
    const id = await begin();
    const begun = () =>
      database.db.selectFrom('import').select('phase_started_at').where('id', '=', id).executeTakeFirstOrThrow();
    const reading = await begun();
    await record(id, { phase: 'READING', done: 10, total: 100 }, { ...NOTHING, products_failed: 3 });
    expect(await begun()).toEqual(reading);
    expect((await latest())?.progress).toMatchObject({ phase: 'READING', share: 0.1 });
    await record(id, { phase: 'EMBEDDING', done: 1, total: 4 });
    expect(await begun()).not.toEqual(reading);
    expect((await latest())?.progress).toMatchObject({ phase: 'EMBEDDING', share: 0.25 });
    // Batches are written side by side: an earlier one may come last.
    await record(id, { phase: 'EMBEDDING', done: 3, total: 4 });
    await record(id, { phase: 'EMBEDDING', done: 2, total: 4 });
    expect((await latest())?.progress).toMatchObject({ phase: 'EMBEDDING', share: 0.75 });
    await record(id, { phase: 'INDEXING', done: 0, total: null });
    await record(id, { phase: 'EMBEDDING', done: 1, total: 2 });
    expect((await latest())?.progress).toMatchObject({ phase: 'EMBEDDING', share: 0.5 });
  });

  it('knows no share of what cannot be measured, and of a feed without length', async () => {
    const id = await begin();
    await record(id, { phase: 'INDEXING', done: 0, total: null });
    expect((await latest())?.progress).toMatchObject({
      phase: 'INDEXING',
      share: null,
      perSecond: null,
      secondsLeft: null,
    });
    await record(id, { phase: 'EMBEDDING', done: 0, total: 0 });
    expect((await latest())?.progress).toMatchObject({ share: null, perSecond: null, secondsLeft: null });
    // What has gone meanwhile is done, too: never more than all.
    await record(id, { phase: 'EMBEDDING', done: 5, total: 4 });
    expect((await latest())?.progress).toMatchObject({ share: 1 });
  });

  it('of a version that kept no progress has none', async () => {
    await database.db
      .insertInto('import')
      .values({ id: productId('old'), source: 'old.tsv', format: 'TSV', state: 'RUNNING' })
      .execute();
    expect(await latest()).toMatchObject({ state: 'RUNNING', progress: null });
  });
});

describe('imports', () => {
  it('are named by their file, not by its folder', async () => {
    await begin();
    expect(await latest()).toMatchObject({ source: 'shop.tsv' });
  });

  it('are each on one page, also those that began at the same moment', async () => {
    const started_at = new Date('2026-01-01T00:00:00.123Z');
    const ids = Array.from({ length: 7 }, (_, index) => productId(`import ${index}`));
    for (const [index, id] of ids.entries()) {
      const began = index < 4 ? started_at : new Date(started_at.getTime() + index);
      await database.db
        .insertInto('import')
        .values({ id, source: 'a.tsv', format: 'TSV', state: 'COMPLETED', started_at: began })
        .execute();
    }
    const found: string[] = [];
    let more = true;
    let after: Awaited<ReturnType<typeof listImports>>['items'][number]['place'] | undefined;
    while (more) {
      const { items, hasNextPage } = await listImports(database.db, { first: 2, after });
      found.push(...items.map(({ id }) => id));
      after = items.at(-1)?.place;
      more = hasNextPage;
    }
    expect(found.slice(0, 3)).toEqual([ids[6], ids[5], ids[4]]);
    expect(found.slice(3).sort()).toEqual(ids.slice(0, 4).sort());
  });

  it('are found by id, in the order asked', async () => {
    const [one, two] = [await begin(), await begin()];
    const found = await getImportsByIds(database.db, [two, productId('none'), one, two]);
    expect(found.map((each) => each?.id)).toEqual([two, undefined, one, two]);
  });
});

describe('failures', () => {
  it('are listed for many imports at once, each with its own pages', async () => {
    const [one, two, none] = [await begin(), await begin(), await begin()];
    const failed = (line: number | null, reason: string) =>
      ({ outcome: 'FAILED', line, sku: null, imageSource: null, reason }) as const;
    const progress = { phase: 'READING', done: 1, total: 1 } as const;
    await recordBatch(database.db, one, { counts: NOTHING, progress }, [
      failed(9, 'nine'),
      failed(null, 'late'),
      failed(2, 'two'),
      failed(2, 'two, too'),
      { outcome: 'CREATED', line: 3, sku: 'S3' },
    ]);
    await recordBatch(database.db, two, { counts: NOTHING, progress }, [failed(4, 'four')]);
    await endImport(database.db, one, { state: 'COMPLETED', counts: NOTHING, failure: null });
    const [first, second, third] = await listImportFailures(database.db, [one, two, none], { first: 3 });
    expect(first?.items.map(({ line }) => line)).toEqual([2, 2, 9]);
    expect(first?.hasNextPage).toBe(true);
    expect(second).toMatchObject({ items: [{ reason: 'four' }], hasNextPage: false });
    expect(third).toEqual({ items: [], hasNextPage: false });
    for (const start of [0, 1, 2]) {
      const after = first?.items[start]?.place;
      const [behind] = await listImportFailures(database.db, [one], { first: 10, after });
      const rest = [...(first?.items ?? []).slice(start + 1).map(({ reason }) => reason), 'late'];
      expect(behind?.items.map(({ reason }) => reason)).toEqual(rest);
      const last = behind?.items.at(-1)?.place;
      expect(await listImportFailures(database.db, [one], { first: 10, after: last })).toEqual([
        { items: [], hasNextPage: false },
      ]);
    }
  });
});
