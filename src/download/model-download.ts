import { readFile, rename, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesOf, type ModelFolder, readModelFolder, withHashes } from '../embedding/model-manifest.ts';
import { openEmbedder } from '../embedding/open-embedder.ts';
import { hashFile } from '../embedding/verify-model.ts';
import { AppError } from '../errors.ts';
import { downloadFile } from './download-file.ts';

export interface ModelDownloadProgress {
  /** The file that is fetched, or `self-check` at the end. */
  readonly file: string;
  /** Of all files, those included that were there already. */
  readonly bytes: number;
  /** undefined where the manifest does not say. */
  readonly totalBytes: number | undefined;
}

export interface ModelDownloadOptions {
  /** The model's folder: `models/<name>`, with a manifest.json that says where the files can be had. */
  readonly folder: string;
  /** Instead of the manifest's address: a mirror, ending in a slash. */
  readonly from?: string;
  readonly onProgress?: (progress: ModelDownloadProgress) => void;
  readonly signal?: AbortSignal;
  readonly retryAfterMs?: number;
}

/** What remains for everybody else on the disk. */
const SPARE_BYTES = 100_000_000;

/**
 * Fetches the files of a model that are missing or wrong, then loads the model and tries it.
 *
 * Hashes that the manifest does not give are written into it once they are known, so that every later start compares them
 * (and the model's identity, the manifest's hash, stands for its weights).
 *
 * @throws AppError MODEL_INVALID for a manifest that is wrong or without addresses, and for a model that does not work;
 *   MODEL_DOWNLOAD_FAILED for no connection, a refusal, wrong bytes (which are removed) and no room; the signal's reason
 */
export async function downloadModel(options: ModelDownloadOptions): Promise<ModelFolder> {
  const { folder, onProgress = () => {}, signal, retryAfterMs } = options;
  const { manifest } = await readModelFolder(folder);
  const { download } = manifest;
  if (download === undefined) {
    throw new AppError(
      'MODEL_INVALID',
      `${join(folder, 'manifest.json')}: expected "download", found a model without it`,
    );
  }
  const from = options.from ?? download.from;
  const files = filesOf(manifest).map(({ file, sha256 }) => {
    const source = download.files[file];
    if (source === undefined) {
      throw new AppError(
        'MODEL_INVALID',
        `${join(folder, 'manifest.json')}: download.files: expected ${file}, found none`,
      );
    }
    return { file, sha256, path: join(folder, file), url: new URL(source.path, from).href, bytes: source.bytes };
  });
  const sizes = files.map(({ bytes }) => bytes);
  const totalBytes = sizes.every((bytes) => bytes !== undefined) ? sum(sizes) : undefined;

  const present = await Promise.all(files.map(isThere));
  await checkRoom(folder, sum(files.filter((_, at) => !present[at]).map(({ bytes }) => bytes ?? 0)));

  let done = 0;
  const hashes: Record<string, string> = {};
  for (const [at, wanted] of files.entries()) {
    const { file, sha256, bytes, url, path } = wanted;
    let got = bytes ?? 0;
    if (!present[at]) {
      const report = (received: number) => {
        got = received;
        onProgress({ file, bytes: done + received, totalBytes });
      };
      hashes[file] = await downloadFile({ url, path, sha256, bytes, signal, retryAfterMs, onProgress: report });
    }
    done += got;
  }
  onProgress({ file: 'self-check', bytes: done, totalBytes });
  await (await openEmbedder({ folder })).close();
  if (files.some(({ sha256 }) => sha256 === undefined)) await writeHashes(join(folder, 'manifest.json'), hashes);
  return readModelFolder(folder);
}

async function writeHashes(path: string, hashes: Record<string, string>): Promise<void> {
  const temporary = `${path}.tmp`;
  await writeFile(temporary, withHashes(await readFile(path, 'utf8'), hashes));
  await rename(temporary, path);
}

/** Whether the file needs no fetching: only a hash can tell. */
async function isThere({ path, sha256 }: { path: string; sha256: string | undefined }): Promise<boolean> {
  return sha256 !== undefined && (await hashFile(path).catch(() => undefined)) === sha256;
}

async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + SPARE_BYTES) return;
  const megabytes = (count: number) => `${Math.ceil(count / 1e6).toLocaleString('en')} MB`;
  throw new AppError(
    'MODEL_DOWNLOAD_FAILED',
    `${folder}: expected ${megabytes(bytes + SPARE_BYTES)} free on the disk, found ${megabytes(free)}`,
  );
}

function sum(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}
