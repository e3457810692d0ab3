import { access, constants, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { filesOf, readModelFolder } from '../embedding/model-manifest.ts';
import { verifyModelFiles } from '../embedding/verify-model.ts';
import { AppError } from '../errors.ts';
import { isDownloaded, listModelFolders, modelFolder } from '../shop/shop-model.ts';
import type { Finding } from './finding.ts';

/** package.json, engines. */
const OLDEST_NODE = [20, 19] as const;

const GIB = 1024 ** 3;
/** An import of 50,000 pictures takes about this much. */
const ENOUGH_DISK_BYTES = 2 * GIB;
/** Below this PostgreSQL may not be able to write at all. */
const LEAST_DISK_BYTES = 0.2 * GIB;

/** @param version - `20.19.4` */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOld
    ? { check: 'Node.js', status: 'fail', found: version, remedy: `install Node.js ${OLDEST_NODE.join('.')} or later` }
    : { check: 'Node.js', status: 'ok', found: version };
}

/** Whether the folder is there, or can be made, and may be written to. */
export async function checkDataFolder(folder: string): Promise<Finding> {
  const check = 'data folder';
  try {
    const existing = await nearestExisting(folder);
    await access(existing, constants.R_OK | constants.W_OK | constants.X_OK);
    return { check, status: 'ok', found: existing === folder ? folder : `${folder}: will be made` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      check,
      status: 'fail',
      found: reason,
      remedy: 'let this user write there, or set LOOKGRAPH_DATA to another folder',
    };
  }
}

/** Space left where the data folder is. */
export async function checkDisk(folder: string): Promise<Finding> {
  const check = 'disk';
  const { bavail, bsize } = await statfs(await nearestExisting(folder));
  const found = `${((bavail * bsize) / GIB).toFixed(1)} GiB free`;
  if (bavail * bsize >= ENOUGH_DISK_BYTES) return { check, status: 'ok', found };
  const status = bavail * bsize < LEAST_DISK_BYTES ? 'fail' : 'warn';
  return { check, status, found, remedy: 'make room, or set LOOKGRAPH_DATA to a folder on a larger disk' };
}

async function nearestExisting(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  return isThere || path.dirname(folder) === folder ? folder : nearestExisting(path.dirname(folder));
}

/** Each folder under models/: whether its files are those of its manifest. */
export async function checkModelFolders(): Promise<Finding[]> {
  return Promise.all((await listModelFolders()).map(checkModelFolder));
}

async function checkModelFolder(name: string): Promise<Finding> {
  const check = 'model files';
  try {
    const model = await readModelFolder(modelFolder(name));
    if (model.manifest.download !== undefined && !isDownloaded(model)) {
      return { check, status: 'ok', found: `${name}: not downloaded (lookgraph models pull ${name})` };
    }
    await verifyModelFiles(model);
    return {
      check,
      status: 'ok',
      found: `${name} ${model.model.version}: ${filesOf(model.manifest).length} files as its manifest says`,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { check, status: 'fail', found: error.message, remedy: `restore ${modelFolder(name)}` };
  }
}
