import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { countOf, describePage } from './browser.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each state of the page that looks different, and how to get there. */
const STATES: readonly [name: string, address: string, then: (page: Page) => Promise<unknown>][] = [
  ['the first sight', '/', nothing],
  ['results of words', '/?q=red+dress', nothing],
  ['corrected words', '/?q=blue+shrit', (page) => page.locator('.spelling').waitFor()],
  [
    'words as chips',
    '/?q=red+dress+under+50&is.color=Blue',
    (page) => page.locator('.chip.is-offered').first().waitFor(),
  ],
  ['several terms', '/?q=dress&term=-0.5+words+red&term=0.7+product+LG-0056&is.color=Blue', nothing],
  ['nothing matches', '/?q=lawn+mower', nothing],
  ['no product satisfies the filters', '/?price=9000-', nothing],
  ['a refusal', '/?term=1+product+no-such-sku', nothing],
  ['completions', '/', (page) => complete(page)],
  ['why', '/?q=shirt&term=1+words+blue', (page) => page.getByRole('button', { name: /why\?/ }).first().click()],
  ['how it was found', '/?q=shirt', (page) => explain(page)],
  ['a product', '/?q=handbag', (page) => openProduct(page)],
  ['a picture with a part of it', '/?q=bag', (page) => pictureOfShop(page)],
  ['the catalogue', '/catalogue', (page) => page.locator('.models').waitFor()],
];

describePage('for everybody', ({ visit, server }) => {
  it.each(STATES)('axe finds nothing serious, in light and dark: %s', async (_, address, then) => {
    const page = await visit(address, { theme: 'light', reducedMotion: true });
    await settle(page, address);
    await then(page);
    expect(await seriousProblems(page)).toEqual([]);
    expect(await problemsInDark(page)).toEqual([]);
  });

  it('axe finds nothing serious on a phone, filters open, in light and dark', async () => {
    const page = await visit('/?q=shirt', { theme: 'light', width: 390, height: 844, reducedMotion: true });
    await settle(page, '/?q=shirt');
    expect(await seriousProblems(page)).toEqual([]);
    expect(await problemsInDark(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: /^Filters/ }).click();
    expect(await seriousProblems(page)).toEqual([]);
    expect(await problemsInDark(page)).toEqual([]);
  });

  it('axe finds nothing serious while the server is away, in light and dark', async () => {
    const page = await visit('/', { theme: 'light', reducedMotion: true });
    await page.route('**/graphql', (route) => route.abort('connectionrefused'));
    await page.reload();
    await page.getByText('The server is not there at the moment.').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    expect(await problemsInDark(page)).toEqual([]);
  });

  it.each([320, 390, 768, 1280, 1920])('fits a window %i pixels wide: nothing sticks out', async (width) => {
    const page = await visit('/?q=dress&term=-0.5+words+red', { width, height: 800 });
    await page.waitForSelector('.card h3');
    for (const address of ['', '/catalogue']) {
      if (address !== '') await page.goto(address);
      await page.waitForSelector('.card h3, .models');
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over).toBeLessThanOrEqual(0);
    }
  });

  it('begins with a way past the header, and shows where the focus is', async () => {
    const page = await visit('/?q=shirt');
    await page.waitForSelector('.card h3');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the results' });
    expect(await skip.evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    expect(outline).not.toBe('none');
  });

  it('keeps the focus where it was while results change under it', async () => {
    const page = await visit('/');
    const footwear = page.getByRole('checkbox', { name: 'Footwear' });
    await footwear.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => countOf(page).textContent()).toBe('53 products');
    expect(await footwear.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  it('gives the focus back when a dialog is closed by Escape', async () => {
    const page = await visit('/?q=handbag');
    const details = page.getByRole('button', { name: /^Details of / }).first();
    await details.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await details.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  it('moves nothing for those who want no movement', async () => {
    const page = await visit('/', { reducedMotion: true });
    await page.waitForSelector('.card h3');
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });

  it('remembers the colours that were chosen', async () => {
    const page = await visit('/', { theme: 'light' });
    await page.getByRole('button', { name: 'Switch to dark colours' }).click();
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.reload();
    await page.getByRole('button', { name: 'Switch to light colours' }).waitFor();
    expect(await ground()).toBe(dark);
    expect(server().loggedErrors).toEqual([]);
  });
});

async function nothing(): Promise<void> {}

async function settle(page: Page, address: string): Promise<void> {
  if (address === '/catalogue') return;
  await page.waitForSelector('.card h3, .empty h3, [role=alert]');
  await page.waitForLoadState('networkidle');
}

async function complete(page: Page): Promise<void> {
  await page.getByRole('combobox').first().fill('dre');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
}

async function explain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'How it was found' }).click();
  await page.locator('.statements summary').first().click();
}

async function openProduct(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Details of / })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Looks like this' }).waitFor();
}

async function pictureOfShop(page: Page): Promise<void> {
  await openProduct(page);
  await page.getByRole('button', { name: 'Search with this picture' }).click();
  await page.getByRole('button', { name: 'Choose a part' }).click();
  await page.getByRole('application').waitFor();
}

/** What axe calls serious or critical: each rule, and the first things that broke it. */
function seriousProblems(page: Page): Promise<string[]> {
  return problems(page, { resultTypes: ['violations'] });
}

/** The same page in dark colours: only rules about colours can say something else of it. */
async function problemsInDark(page: Page): Promise<string[]> {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).not.toBe(light);
  return problems(page, { resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] });
}

async function problems(page: Page, options: RunOptions): Promise<string[]> {
  // By the debugger, past the page's policy, which runs no foreign scripts.
  await page.evaluate(AXE);
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    );
}
