import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A folder that is made once and kept between runs, in the system's temporary folder, under a name that says what it was made of. It may be deleted at any time
 * while no test runs. Made under another name first, so what has the name is whole, and several runs may ask for it at once.
 *
 * @param name - `lookgraph-test-NAME-...`
 * @param hash - of everything that goes into it (hashOf)
 * @param make - fills an empty folder
 * @returns its path; nothing may be changed in it
 */
export async function keptFolder(name: string, hash: string, make: (folder: string) => Promise<void>): Promise<string> {
  const kept = path.join(tmpdir(), `lookgraph-test-${name}-${hash}`);
  if (existsSync(kept)) return kept;
  const unfinished = await mkdtemp(path.join(tmpdir(), `lookgraph-unfinished-${name}-`));
  try {
    await make(unfinished);
    await rename(unfinished, kept);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another run may have been faster.
    if (!existsSync(kept)) throw error;
  }
  return kept;
}

/**
 * What files and packages say now, as 16 hexadecimal digits.
 *
 * @param places - files and folders of the project, with everything in them
 * @param packages - of node_modules: their versions
 */
export function hashOf(places: readonly string[], packages: readonly string[] = []): string {
  const hash = createHash('sha256');
  for (const place of places) addPlace(hash, place);
  const require = createRequire(import.meta.url);
  for (const name of packages) hash.update(name).update(versionOf(require, name));
  return hash.digest('hex').slice(0, 16);
}

function addPlace(hash: Hash, place: string): void {
  const whole = path.join(ROOT, place);
  if (statSync(whole).isFile()) {
    hash.update(place).update(readFileSync(whole));
    return;
  }
  for (const name of readdirSync(whole, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(whole, name);
    if (statSync(file).isFile()) hash.update(name).update(readFileSync(file));
  }
}

/** A package may not export its package.json, so that is looked for above what it does export. */
function versionOf(require: NodeJS.Require, name: string): string {
  const [place] = (require.resolve.paths(name) ?? []).filter((folder) => existsSync(path.join(folder, name)));
  if (place === undefined) throw new Error(`expected the package ${name} in node_modules, found none`);
  return JSON.parse(readFileSync(path.join(place, name, 'package.json'), 'utf8')).version;
}
