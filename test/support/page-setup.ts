/** Builds the page, makes one demo shop and starts one browser before the page tests; each test file works on a copy of the shop. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { demoShop } from './demo-shop.ts';
import { hashOf, keptFolder } from './kept.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser that all tests share is to be spoken to; empty without Chromium, and the tests that need it are skipped. */
    browser: string;
    /** The page, built from its sources as they are now. */
    builtPage: string;
    /** A data folder with the closed demo shop; empty without Chromium. */
    demoShop: string;
  }
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CHROMIUM_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** A camera that shows a test picture, and nobody to ask for leave to use it. */
const FLAGS = ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** All that the page is built of. */
const PAGE_MADE_OF = ['web', 'schema.graphql', 'package-lock.json'];

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { CHROMIUM_PATH } = process.env;
  const places = CHROMIUM_PATH === undefined ? CHROMIUM_PLACES : [CHROMIUM_PATH];
  const executablePath = places.find((place) => existsSync(place));
  project.provide('builtPage', await keptFolder('page', hashOf(PAGE_MADE_OF), buildPage));
  if (executablePath === undefined) {
    console.warn('No Chromium here: tests of the page are skipped. Install it or set CHROMIUM_PATH.');
    project.provide('browser', '');
    project.provide('demoShop', '');
    return async () => {};
  }
  project.provide('demoShop', await demoShop());
  const browser = await chromium.launchServer({ executablePath, args: FLAGS });
  project.provide('browser', browser.wsEndpoint());
  return () => browser.close();
}

async function buildPage(folder: string): Promise<void> {
  const configFile = path.join(ROOT, 'web/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
}
