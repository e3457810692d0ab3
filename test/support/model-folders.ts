import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The model that the project ships with. */
export const MINI_FOLDER = fileURLToPath(new URL('../../models/lookgraph-mini', import.meta.url));

/** Material beside the checkout that is not ours to copy; tests that need it are skipped without it. */
export const SHARED_FOLDER = fileURLToPath(new URL('../../../shared', import.meta.url));

/** What a test changes in a manifest. Typed loosely, since tests write wrong ones. */
export type ManifestChange = (manifest: {
  [key: string]: unknown;
  vision: Record<string, unknown>;
  text: Record<string, unknown>;
}) => void;

/** Removed when the test that asks for it has finished. */
async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lookgraph-model-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * A copy of a model below a temporary folder, to be changed.
 *
 * @returns the copy's folder, which has the model's name
 */
export async function copyModel(change: ManifestChange = () => {}, source = MINI_FOLDER): Promise<string> {
  const parent = await temporaryFolder();
  const manifest = JSON.parse(await readFile(join(source, 'manifest.json'), 'utf8'));
  change(manifest);
  const folder = join(parent, String(manifest.name));
  await cp(source, folder, { recursive: true });
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2));
  return folder;
}

/** A folder with nothing but a manifest: the bundled model's, changed. */
export async function manifestOnly(change: ManifestChange = () => {}): Promise<string> {
  const parent = await temporaryFolder();
  const manifest = JSON.parse(await readFile(join(MINI_FOLDER, 'manifest.json'), 'utf8'));
  change(manifest);
  const folder = join(parent, String(manifest.name));
  await mkdir(folder);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2));
  return folder;
}
