import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Precision } from './matrix-model.ts';

/** A model that can be opened, and in what precision its matrix products are. */
export interface BenchModel {
  readonly name: string;
  readonly precision: Precision;
  /** With a manifest, as openEmbedder takes it. */
  readonly folder: string;
}

export interface BenchModels {
  readonly models: readonly BenchModel[];
  /** Deletes what was made for them. */
  remove(): Promise<void>;
}

const MINI = fileURLToPath(new URL('../../models/lookgraph-mini', import.meta.url));
/** The published CLIP ViT-B/32 as a graph, with weights without meaning: its README. Beside the project, where there is one. */
const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url));
const CLIP_SHAPED = path.join(SHARED, 'models/clip-vit-b32-shaped');
const CLIP_TOKENIZER = path.join(SHARED, 'fixtures/clip-tokenizer');

const CLIP_FILES = [
  { precision: 'fp32', manifest: 'clip-vit-base-patch32', suffix: '' },
  { precision: 'int8', manifest: 'clip-vit-base-patch32-int8', suffix: '_quantized' },
] as const;

/**
 * The bundled model (fp32 alone: its files have bytes, but it multiplies floats) and, where ../shared is, the CLIP-sized one in both precisions.
 *
 * @param say - told when the latter is not there
 */
export async function benchModels(say: (line: string) => void): Promise<BenchModels> {
  const mini: BenchModel = { name: 'lookgraph-mini', precision: 'fp32', folder: MINI };
  if (!existsSync(CLIP_SHAPED)) {
    say(`the bundled model alone: there is no ${CLIP_SHAPED}`);
    return { models: [mini], remove: async () => {} };
  }
  const parent = await mkdtemp(path.join(tmpdir(), 'lookgraph-bench-models-'));
  const shaped = await Promise.all(CLIP_FILES.map((files) => clipShaped(parent, files)));
  return { models: [mini, ...shaped], remove: () => rm(parent, { recursive: true }) };
}

/** CLIP's manifest, which ships with the project, over the files that have its shape. */
async function clipShaped(
  parent: string,
  { precision, manifest, suffix }: (typeof CLIP_FILES)[number],
): Promise<BenchModel> {
  const name = `clip-b32-shaped${suffix.replace('_', '-')}`;
  const folder = path.join(parent, name);
  await mkdir(folder);
  const published = await readFile(new URL(`../../models/${manifest}/manifest.json`, import.meta.url), 'utf8');
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(withoutHashes(JSON.parse(published), name)));
  for (const tower of ['vision', 'text']) {
    const file = `${tower}_model${suffix}.onnx`;
    await symlink(path.join(CLIP_SHAPED, file), path.join(folder, file));
  }
  await cp(CLIP_TOKENIZER, folder, { recursive: true });
  return { name, precision, folder };
}

interface PublishedManifest {
  readonly vision: object;
  readonly text: object;
  readonly download?: object;
}

/** The hashes are those of the published weights. */
function withoutHashes({ vision, text, download: _, ...rest }: PublishedManifest, name: string): object {
  return {
    ...rest,
    name,
    vision: { ...vision, sha256: undefined },
    text: { ...text, sha256: undefined, tokenizerSha256: undefined, tokenizerConfigSha256: undefined },
  };
}
