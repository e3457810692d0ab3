import { expect, it } from 'vitest';
import { countOf, describePage, titlesOf } from './browser.ts';

describePage('when things go wrong', ({ visit, server }) => {
  it('says that the server is gone, keeps what was there, and recovers by itself', async () => {
    const page = await visit('/?q=shirt');
    await expect.poll(() => countOf(page).textContent()).toContain('match');
    const before = await titlesOf(page);
    await server().stop();
    await page.getByRole('checkbox', { name: 'Apparel' }).check();
    await page.getByText('The server is not there at the moment.').waitFor();
    expect(await titlesOf(page)).toEqual(before);
    await server().start();
    await expect
      .poll(() => page.getByText('The server is not there at the moment.').isVisible(), { timeout: 30_000 })
      .toBe(false);
    await expect.poll(() => countOf(page).textContent()).toContain('match');
    expect(page.url()).toContain('category=Apparel');
  });

  it('opens before the server answers its first search, and fills in once it does', async () => {
    const page = await visit('/');
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
    let down = true;
    await page.route('**/graphql', (route) => (down ? route.abort('connectionrefused') : route.continue()));
    await page.reload();
    await page.getByText('The server is not there at the moment.').waitFor();
    down = false;
    await page.getByRole('button', { name: /^Try now/ }).click();
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
  });

  it('waits for a server that is too busy, and asks again', async () => {
    const page = await visit('/');
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
    let refusals = 0;
    await page.route('**/graphql', (route) => {
      if (!route.request().postData()?.includes('query Search') || refusals++ > 0) return route.continue();
      const error = {
        message: 'more requests than the server takes',
        extensions: { code: 'SERVER_OVERLOADED', retryable: true },
      };
      return route.fulfill({ status: 503, json: { errors: [error] } });
    });
    await page.getByRole('checkbox', { name: 'Footwear' }).check();
    await page.getByText('The server is busy at the moment.').waitFor();
    await expect.poll(() => countOf(page).textContent(), { timeout: 15_000 }).toBe('53 products');
    expect(await page.getByText('The server is busy at the moment.').isVisible()).toBe(false);
  });

  it('holds the place of what a slow network has not brought yet', async () => {
    const page = await visit('/');
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/graphql', async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await page.reload();
    await page.locator('.card-picture.skeleton').first().waitFor();
    const waiting = await page.locator('.card-picture').first().boundingBox();
    release();
    await expect.poll(() => titlesOf(page)).not.toEqual([]);
    const there = await page.locator('.card-picture').first().boundingBox();
    expect(there?.width).toBe(waiting?.width);
    expect(there?.height).toBe(waiting?.height);
  });

  it('begins again where the ranking that pages are cut from is gone', async () => {
    const page = await visit('/?category=Footwear', { height: 300 });
    await expect.poll(() => countOf(page).textContent()).toBe('53 products');
    let stale = 0;
    await page.route('**/graphql', (route) => {
      if (!route.request().postData()?.includes('query ResultPage') || stale++ > 0) return route.continue();
      const error = {
        message: 'this cursor is no longer good',
        extensions: { code: 'CURSOR_STALE', retryable: false },
      };
      return route.fulfill({ status: 200, json: { data: null, errors: [error] } });
    });
    await page.mouse.wheel(0, 20_000);
    await expect.poll(() => stale).toBeGreaterThan(0);
    await expect.poll(() => countOf(page).textContent()).toBe('53 products');
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
