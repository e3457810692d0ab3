import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { ModelIdentity } from './embedder.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256: 64 digits of 0-9 and a-f');
/** A name without folders: a manifest must not reach outside its own folder. */
const fileName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected a file name of letters, digits, dot, hyphen and underscore');
const perChannel = z.tuple([z.number(), z.number(), z.number()]);

const visionTower = z.strictObject({
  /** Takes `pixel_values` float32 [n, 3, height, width]. */
  file: fileName,
  sha256: sha256.optional(),
  /** Name of the output, float32 [n, dimensions]; SigLIP exports say `pooler_output`. */
  output: z.string().min(1).default('image_embeds'),
  width: z.int().min(1).max(1024),
  height: z.int().min(1).max(1024),
  /** `squash`: to width x height whatever the shape. `crop`: scaled to cover width x height, then the centre cut out (CLIP). */
  resize: z.enum(['squash', 'crop']),
  /** The kernel, always with antialiasing, as Pillow has it: `resample` 3 and 2 in a preprocessor_config.json. */
  resample: z.enum(['bicubic', 'bilinear']).default('bicubic'),
  /** Red, green, blue, in 0..1: input = (pixel / 255 - mean) / std. */
  mean: perChannel,
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
});

const textTower = z.strictObject({
  /** Takes `input_ids` int64 [n, length] and, where the file declares it, `attention_mask` int64 [n, length]. */
  file: fileName,
  sha256: sha256.optional(),
  /** Name of the output, float32 [n, dimensions]. */
  output: z.string().min(1).default('text_embeds'),
  /** In Hugging Face's format; `tokenizer_config.json` beside it says what the special tokens are. */
  tokenizer: fileName,
  tokenizerSha256: sha256.optional(),
  tokenizerConfigSha256: sha256.optional(),
  /** In tokens, with the special ones. Longer text is cut, keeping the end token. */
  contextLength: z.int().min(2).max(8192),
  /** `none`: only to the longest text of a batch (CLIP: causal, so padding changes nothing). `max`: always to contextLength (SigLIP). */
  padding: z.enum(['none', 'max']).default('none'),
  /** Whether text is lower-cased before tokenizing, where tokenizer.json does not do it (SigLIP 2). */
  lowercase: z.boolean().default(false),
});

/** Where the files can be had: each at `from` + path. Hashes are those of the towers. */
const download = z.strictObject({
  from: z.url({ protocol: /^https?$/ }).endsWith('/'),
  files: z.record(fileName, z.strictObject({ path: z.string().min(1), bytes: z.int().positive().optional() })),
});

const manifestSchema = z.strictObject({
  name: fileName,
  version: z.string().min(1),
  dimensions: z.int().min(1).max(4000),
  license: z.string().min(1),
  /**
   * Whether several inputs may share a run. Files with dynamically quantized (int8) products scale by the largest value of the
   * whole batch, so there a text would get another vector beside other texts (cosine 0.995 was measured).
   */
  batched: z.boolean().default(true),
  vision: visionTower,
  text: textTower,
  download: download.optional(),
});

export type ModelManifest = z.output<typeof manifestSchema>;
export type VisionTower = ModelManifest['vision'];
export type TextTower = ModelManifest['text'];

/** A model's manifest, read and checked; its files are not looked at yet. */
export interface ModelFolder {
  readonly folder: string;
  readonly manifest: ModelManifest;
  readonly model: ModelIdentity;
}

export const TOKENIZER_CONFIG = 'tokenizer_config.json';

/** The files that a model needs beside its manifest, with the hashes that the manifest gives. */
export function filesOf(manifest: ModelManifest): { file: string; sha256: string | undefined }[] {
  const { vision, text } = manifest;
  return [
    { file: vision.file, sha256: vision.sha256 },
    { file: text.file, sha256: text.sha256 },
    { file: text.tokenizer, sha256: text.tokenizerSha256 },
    { file: TOKENIZER_CONFIG, sha256: text.tokenizerConfigSha256 },
  ];
}

/**
 * A manifest's text with the hashes that it lacks; those that it has stay.
 *
 * @param text - of a manifest.json that has been checked
 * @param hashes - SHA-256 (hex) by file
 */
export function withHashes(text: string, hashes: Readonly<Record<string, string>>): string {
  const manifest = JSON.parse(text) as ModelManifest;
  const { vision, text: words } = manifest;
  const complete = {
    ...manifest,
    vision: { ...vision, sha256: vision.sha256 ?? hashes[vision.file] },
    text: {
      ...words,
      sha256: words.sha256 ?? hashes[words.file],
      tokenizerSha256: words.tokenizerSha256 ?? hashes[words.tokenizer],
      tokenizerConfigSha256: words.tokenizerConfigSha256 ?? hashes[TOKENIZER_CONFIG],
    },
  };
  return `${JSON.stringify(complete, null, 2)}\n`;
}

/**
 * @param bytes - of a manifest.json
 * @param path - for messages
 * @throws AppError MODEL_INVALID, naming every field that is wrong
 */
export function parseManifest(bytes: Uint8Array, path: string): ModelManifest {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new AppError('MODEL_INVALID', `${path}: expected JSON, found text that is not`, { cause });
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'manifest'}: ${issue.message}`);
  throw new AppError('MODEL_INVALID', `${path}: ${problems.join('; ')}`, { cause: parsed.error });
}

/**
 * Reads `manifest.json` of a model's folder.
 *
 * @throws AppError MODEL_INVALID when it is missing or wrong, or says another name than the folder has
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const path = join(folder, 'manifest.json');
  const bytes = await readFile(path).catch((cause) => {
    throw new AppError('MODEL_INVALID', `${path}: expected a model's manifest, found no file that can be read`, {
      cause,
    });
  });
  const manifest = parseManifest(bytes, path);
  if (manifest.name !== basename(folder)) {
    throw new AppError(
      'MODEL_INVALID',
      `${path}: expected the folder's name "${basename(folder)}", found "${manifest.name}"`,
    );
  }
  const { name, version, dimensions } = manifest;
  const manifestHash = createHash('sha256').update(bytes).digest('hex');
  return { folder, manifest, model: { name, version, dimensions, manifestHash } };
}
