import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describePage } from './browser.ts';

const FEED = [
  'id\ttitle\tprice\timage_link',
  'NEW-1\tA new hat\t12.00 USD\t',
  'NEW-2\t\t10.00 USD\t',
  'NEW-3\tA hat with a bad price\tcheap\t',
  'NEW-4\tA hat without its picture\t9.00 USD\tmissing.jpg',
].join('\n');

describePage('looking after the catalogue', ({ visit, server }) => {
  it('shows imports with what failed and why, and models with their coverage', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-test-feed-'));
    const feed = path.join(folder, 'hats.tsv');
    await writeFile(feed, FEED);
    await server().shop.importFeed({ path: feed });
    await rm(folder, { recursive: true });

    const page = await visit('/catalogue');
    const latest = page.locator('.imports > li').first();
    await latest.getByRole('heading', { name: 'hats.tsv' }).waitFor();
    expect(await latest.locator('.state').textContent()).toBe('Completed');
    await latest.getByText(/failures, and why/).click();
    const rows = latest.locator('tbody tr');
    await expect
      .poll(() => rows.allTextContents())
      .toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^3.*title/),
          expect.stringMatching(/^4NEW-3.*price/),
          expect.stringContaining('missing.jpg'),
        ]),
      );
    await page.locator('.imports > li').nth(1).getByRole('heading', { name: 'products.tsv' }).waitFor();

    const model = page.locator('.models > li').first();
    await model.getByRole('heading', { name: 'lookgraph-mini' }).waitFor();
    expect(await model.getByText('957 of 958').count()).toBe(1);
    await model.getByText('1 could not be read', { exact: false }).waitFor();

    const failed = page.getByRole('region', { name: 'Pictures that failed' });
    await failed.getByText('file:missing.jpg').waitFor();
    expect(await failed.locator('tbody tr').allTextContents()).toEqual([
      expect.stringMatching(/^NEW-4expected.*found/),
    ]);
  });

  it('says how to measure the search as long as nobody did, then shows the latest report', async () => {
    const page = await visit('/catalogue');
    await page.getByRole('heading', { name: 'It was not measured yet.' }).waitFor();
    await server().shop.evaluate({ source: { kind: 'CATALOGUE', distortions: [] }, sample: 40, seed: 1, compare: [] });
    await page.reload();
    await page.locator('.findings li').first().waitFor();
    await page.locator('.measures li', { has: page.getByText('SameProduct@3', { exact: true }) }).waitFor();
    expect(await page.getByRole('heading', { name: 'It was not measured yet.' }).count()).toBe(0);
  });

  it('follows an import from its beginning to its end by itself', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-test-feed-'));
    const feed = path.join(folder, 'many.tsv');
    const rows = Array.from({ length: 60 }, (_, i) => `MANY-${i}\tA hat of the kind ${i}`);
    await writeFile(feed, ['id\ttitle', ...rows].join('\n'));
    const page = await visit('/catalogue');
    await page.locator('.models > li').first().waitFor();

    // It cannot be over before the page has shown that it goes on, however slow the machine is.
    const release = server().holdImports();
    const imported = server().shop.importFeed({ path: feed });
    await page.reload();
    const latest = page.locator('.imports > li').first();
    await latest.getByRole('heading', { name: 'many.tsv' }).waitFor();
    await latest.getByRole('progressbar').waitFor();
    expect(await latest.locator('.state').textContent()).toBe('Running');
    release();
    await imported;
    await expect.poll(() => latest.locator('.state').textContent(), { timeout: 60_000 }).toBe('Completed');
    expect(await latest.getByText('60', { exact: true }).count()).toBe(1);
    await rm(folder, { recursive: true });
  });

  it('is reached from the search and leads back to it', async () => {
    const page = await visit('/?q=shirt');
    await page.getByRole('link', { name: 'Catalogue' }).click();
    await page.getByRole('heading', { name: 'Catalogue', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/catalogue');
    await page.goBack();
    await expect.poll(() => page.getByRole('combobox').first().inputValue()).toBe('shirt');
    await page.waitForSelector('.card h3');
  });
});
