import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { countOf, describePage, titlesOf } from './browser.ts';

/** The address of a search by one picture that was given to the server. */
const UPLOADED = /\?term=1\+upload\+[0-9a-f]{64}$/;

describePage('searching with pictures', ({ visit, server }) => {
  const photo = async (): Promise<string> => {
    const folder = path.join(server().demoFolder, 'customer-photos');
    const [name = ''] = (await readdir(folder)).sort();
    return path.join(folder, name);
  };
  const choose = async (page: Page) => page.getByLabel('Pictures to search with').setInputFiles(await photo());
  const answered = (page: Page) => expect.poll(() => countOf(page).textContent(), { timeout: 15_000 }).toMatch(/match/);

  it('takes a file, and finds what it shows', async () => {
    const page = await visit('/');
    await choose(page);
    await page.getByRole('img', { name: 'The picture that is looked for' }).waitFor();
    await answered(page);
    expect(page.url()).toMatch(UPLOADED);
    expect((await titlesOf(page)).length).toBeGreaterThan(0);
  });

  it('takes a picture that is pasted', async () => {
    const page = await visit('/');
    await page.waitForSelector('.card h3');
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 80;
      canvas.height = 80;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.fillStyle = '#c22';
      context.fillRect(10, 10, 60, 60);
      const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      if (png === null) throw new Error('no picture');
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    });
    await page.keyboard.press('Control+v');
    await page.getByRole('img', { name: 'The picture that is looked for' }).waitFor();
    await answered(page);
    expect(page.url()).toMatch(UPLOADED);
  });

  it('takes a picture that is dropped anywhere', async () => {
    const page = await visit('/');
    await page.waitForSelector('.card h3');
    const bytes = [...(await readFile(await photo()))];
    const carried = await page.evaluateHandle((numbers) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(numbers)], 'photo.jpg', { type: 'image/jpeg' }));
      return transfer;
    }, bytes);
    await page.dispatchEvent('main', 'dragenter', { dataTransfer: carried });
    await page.getByText('Let go to search with this picture').waitFor();
    await page.dispatchEvent('main', 'drop', { dataTransfer: carried });
    await page.getByRole('img', { name: 'The picture that is looked for' }).waitFor();
    await answered(page);
    expect(page.url()).toMatch(UPLOADED);
  });

  it('takes a photo with the camera, which is off again afterwards', async () => {
    const page = await visit('/');
    await page.getByRole('button', { name: 'Take a photo to search with' }).click();
    await page.getByRole('button', { name: 'Search with this' }).click();
    await page.getByRole('img', { name: 'The picture that is looked for' }).waitFor();
    expect(await page.locator('video').count()).toBe(0);
    await answered(page);
  });

  it('says what part is meant by a rectangle that is dragged, moved and resized', async () => {
    const page = await visit('/');
    await choose(page);
    const frame = page.locator('.region-frame');
    await frame.locator('img').waitFor();
    await answered(page);
    const box = await frame.boundingBox();
    if (box === null) throw new Error('the picture is not on screen');
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    await page.mouse.move(...at(0.2, 0.2));
    await page.mouse.down();
    await page.mouse.move(...at(0.7, 0.6), { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => regionOf(page)).toEqual([0.2, 0.2, 0.5, 0.4]);

    await page.mouse.move(...at(0.45, 0.4));
    await page.mouse.down();
    await page.mouse.move(...at(0.55, 0.5), { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => regionOf(page)).toEqual([0.3, 0.3, 0.5, 0.4]);

    await page.mouse.move(...at(0.8, 0.7));
    await page.mouse.down();
    await page.mouse.move(...at(0.9, 0.9), { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => regionOf(page)).toEqual([0.3, 0.3, 0.6, 0.6]);
    await answered(page);
    await page.getByRole('button', { name: 'Use the whole picture' }).click();
    await expect.poll(() => page.url()).not.toContain('upload@');
  });

  it('says what part is meant by keys alone', async () => {
    const page = await visit('/');
    await choose(page);
    await page.getByRole('button', { name: 'Choose a part' }).press('Enter');
    const region = page.getByRole('application');
    await region.focus();
    await region.press('ArrowRight');
    await region.press('Shift+ArrowDown');
    await expect.poll(() => regionOf(page)).toEqual([0.27, 0.25, 0.5, 0.52]);
    await region.press('Delete');
    await expect.poll(() => page.url()).not.toContain('upload@');
  });

  it('shows a picture again where its address is opened by somebody else', async () => {
    const page = await visit('/');
    await choose(page);
    await answered(page);
    const shared = await visit(new URL(page.url()).search.replace(/^/, '/'));
    const picture = shared.getByRole('img', { name: 'The picture that is looked for' });
    await expect.poll(() => picture.evaluate((each) => (each as HTMLImageElement).naturalWidth)).toBeGreaterThan(100);
    await answered(shared);
    expect(await titlesOf(shared)).toEqual(await titlesOf(page));
  });

  it('tells that a file is no picture, and goes on as before', async () => {
    const page = await visit('/?q=shirt');
    await page.getByLabel('Pictures to search with').setInputFiles({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('no picture'),
    });
    await page.getByText('This picture cannot be used.').waitFor();
    expect(page.url()).toMatch(/\?q=shirt$/);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await page.getByText('This picture cannot be used.').isVisible()).toBe(false);
  });
});

/** The rectangle in the address: x, y, width, height, rounded to hundredths, since a mouse moves by pixels. */
function regionOf(page: Page): number[] {
  const [, numbers = ''] = /upload@(\S+?)[+ ]/.exec(decodeURIComponent(page.url())) ?? [];
  return numbers.split(',').map((each) => Math.round(Number(each) * 100) / 100);
}
