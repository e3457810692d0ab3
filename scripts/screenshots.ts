/**
 * Takes the pictures of the page that docs/page.md and the README show: `npm run screenshots`, with the demo shop served at
 * http://127.0.0.1:4000 (or at the address given) and Chromium at CHROMIUM_PATH (/usr/bin/chromium).
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';

const FOLDER = fileURLToPath(new URL('../docs/page/', import.meta.url));
const DEMO_DATA = process.env.LOOKGRAPH_DATA ?? fileURLToPath(new URL('../.lookgraph', import.meta.url));
const address = process.argv[2] ?? 'http://127.0.0.1:4000';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

interface Shot {
  readonly name: string;
  readonly place: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly theme: 'light' | 'dark';
  readonly act?: (page: Page) => Promise<void>;
}

const SHOTS: readonly Shot[] = [
  { name: 'home', place: '/', size: DESKTOP, theme: 'light' },
  { name: 'home', place: '/', size: PHONE, theme: 'dark' },
  { name: 'words', place: '/?q=summer+dress&term=-0.5+words+red', size: DESKTOP, theme: 'dark' },
  { name: 'words', place: '/?q=handbag', size: PHONE, theme: 'light' },
  { name: 'picture', place: '/', size: DESKTOP, theme: 'light', act: searchWithPart },
  { name: 'picture', place: '/', size: PHONE, theme: 'dark', act: searchWithPart },
  { name: 'why', place: '/?q=red+dress&term=-0.4+words+polka+dots', size: DESKTOP, theme: 'light', act: why },
  { name: 'why', place: '/?q=backpack&term=-0.3+words+black', size: PHONE, theme: 'light', act: why },
  { name: 'how', place: '/?q=leather+shoes&category=Footwear', size: DESKTOP, theme: 'dark', act: how },
  { name: 'none', place: '/?q=lawn+mower', size: DESKTOP, theme: 'light' },
  { name: 'none', place: '/?q=lawn+mower', size: PHONE, theme: 'dark' },
  { name: 'filters', place: '/?category=Footwear', size: PHONE, theme: 'light', act: filters },
  { name: 'product', place: '/?q=skirt', size: DESKTOP, theme: 'dark', act: product },
  { name: 'catalogue', place: '/catalogue', size: DESKTOP, theme: 'light' },
  { name: 'catalogue', place: '/catalogue', size: PHONE, theme: 'dark' },
  { name: 'down', place: '/?q=shirt', size: DESKTOP, theme: 'light', act: down },
];

async function searchWithPart(page: Page): Promise<void> {
  const photos = path.join(DEMO_DATA, 'demo/customer-photos');
  const name = (await readdir(photos)).sort()[1] ?? '';
  await page.getByLabel('Pictures to search with').setInputFiles(path.join(photos, name));
  await page.waitForURL(/upload/);
  const [, id = ''] = /upload\+(\w+)/.exec(page.url()) ?? [];
  await page.goto(`${address}/?term=1+upload@0.08,0.1,0.84,0.84+${id}`);
  await page.waitForLoadState('networkidle');
}

async function why(page: Page): Promise<void> {
  await page.getByRole('button', { name: /why\?/ }).first().click();
}

async function how(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'How it was found' }).click();
  await page.locator('.statements summary').first().waitFor();
}

async function filters(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Filters/ }).click();
}

async function product(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Details of / })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Looks like this' }).waitFor();
}

async function down(page: Page): Promise<void> {
  await page.route('**/graphql', (route) => route.abort('connectionrefused'));
  await page.getByRole('checkbox', { name: 'Apparel' }).check();
  await page.getByRole('alert').waitFor();
}

async function take(browser: Browser, { name, place, size, theme, act }: Shot): Promise<void> {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${address}${place}`);
  await page.waitForLoadState('networkidle');
  await act?.(page);
  await page.waitForTimeout(600);
  const file = `${name}-${size === PHONE ? 'phone' : 'desktop'}-${theme}.jpg`;
  // Below 300 kB each: they are in the repository.
  await writeFile(
    path.join(FOLDER, file),
    await sharp(await page.screenshot())
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer(),
  );
  console.log(file);
  await context.close();
}

await mkdir(FOLDER, { recursive: true });
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
for (const shot of SHOTS) await take(browser, shot);
await browser.close();
