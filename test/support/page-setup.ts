/** Builds the page and makes one demo shop before the page tests; each test file works on a copy of the shop. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { compileProgram } from './compiled-program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Chromium is; empty where there is none, and the tests that need it are skipped. */
    chromium: string;
    /** The page, built from its sources as they are now. */
    builtPage: string;
    /** A data folder with the closed demo shop; empty without Chromium. */
    demoShop: string;
  }
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CHROMIUM_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** All that the demo shop's data folder is made of. */
const MADE_OF = ['demo', 'src/catalog', 'src/database', 'src/embedding', 'migrations', 'sql', 'models/lookgraph-mini'];

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { CHROMIUM_PATH } = process.env;
  const places = CHROMIUM_PATH === undefined ? CHROMIUM_PLACES : [CHROMIUM_PATH];
  const chromium = places.find((place) => existsSync(place)) ?? '';
  if (chromium === '')
    console.warn('No Chromium here: tests of the page are skipped. Install it or set CHROMIUM_PATH.');
  project.provide('chromium', chromium);

  const builtPage = await mkdtemp(path.join(tmpdir(), 'lookgraph-page-'));
  const configFile = path.join(ROOT, 'web/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: builtPage, emptyOutDir: true } });
  project.provide('builtPage', builtPage);

  project.provide('demoShop', chromium === '' ? '' : await makeDemoShop());
  return () => rm(builtPage, { recursive: true });
}

/** Kept between runs, under a name made of everything that goes into it: drawing takes a minute. */
async function makeDemoShop(): Promise<string> {
  const kept = path.join(tmpdir(), `lookgraph-test-demo-${hashOf(MADE_OF)}`);
  if (existsSync(kept)) return kept;
  const unfinished = await mkdtemp(path.join(tmpdir(), 'lookgraph-test-demo-'));
  const program = await compileProgram();
  try {
    const server = program.startMain({ LOOKGRAPH_DATA: unfinished, LOOKGRAPH_DEMO: 'on' });
    await server.printed('The demo shop is ready');
    server.kill('SIGTERM');
    await server.ended;
  } finally {
    await program.remove();
  }
  try {
    await rename(unfinished, kept);
  } catch (error) {
    // Another run was faster.
    if (!existsSync(kept)) throw error;
    await rm(unfinished, { recursive: true });
  }
  return kept;
}

function hashOf(places: readonly string[]): string {
  const hash = createHash('sha256');
  for (const place of places) {
    const names = readdirSync(path.join(ROOT, place), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
      const file = path.join(ROOT, place, name);
      if (statSync(file).isFile()) hash.update(name).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
