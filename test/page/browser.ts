import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import { type DemoServer, startDemoServer } from './demo-server.ts';

export interface Visit {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  readonly touch?: boolean;
}

/** What tests of the page have in hand. */
export interface PageTests {
  readonly server: () => DemoServer;
  /** Opens an address of the page in a window of its own, and waits for results or whatever else it shows. */
  readonly visit: (address: string, options?: Visit) => Promise<Page>;
}

/** Console messages that the tests bring about themselves: answers that are no success. */
const EXPECTED = /Failed to load resource|net::ERR_/;

/**
 * Tests in a real browser on a server of the demo shop; skipped where there is no Chromium. After each test its windows are closed, and
 * the test fails if the page threw, logged an error, or tried something that its policy forbids.
 */
export function describePage(name: string, tests: (tools: PageTests) => void): void {
  describe.skipIf(inject('browser') === '')(name, () => {
    let browser: Browser | undefined;
    let server: DemoServer | undefined;
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];

    beforeAll(async () => {
      [server, browser] = await Promise.all([startDemoServer(), chromium.connect(inject('browser'))]);
    });

    afterEach(async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      const found = complaints.splice(0);
      if (found.length > 0) throw new Error(`the page complained:\n${found.join('\n')}`);
    });

    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    const theServer = (): DemoServer => {
      if (server === undefined) throw new Error('the server starts in beforeAll');
      return server;
    };

    tests({
      server: theServer,
      async visit(address, { theme = 'light', width = 1280, height = 800, reducedMotion = false, touch = false } = {}) {
        if (browser === undefined) throw new Error('the browser starts in beforeAll');
        const context = await browser.newContext({
          baseURL: theServer().address,
          viewport: { width, height },
          colorScheme: theme,
          hasTouch: touch,
          reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
          permissions: ['clipboard-read', 'clipboard-write', 'camera'],
        });
        contexts.push(context);
        context.setDefaultTimeout(20_000);
        const page = await context.newPage();
        page.on('pageerror', (error) => complaints.push(`threw: ${error.message}`));
        page.on('console', (message) => {
          if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
        });
        await page.goto(address);
        return page;
      },
    });
  });
}

/** The heading above the results: "12 products match". */
export function countOf(page: Page) {
  return page.locator('.toolbar-count');
}

/** Waits until the answer to the search in the address bar is on screen. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('.results .grid[aria-label=Results][aria-busy=false], .results .empty');
}

/** The titles of the results on screen. */
export function titlesOf(page: Page): Promise<string[]> {
  return page.locator('[aria-label=Results] .card h3').allTextContents();
}
