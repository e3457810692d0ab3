import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { LRUCache } from 'lru-cache';
import { badInput } from '../../errors.ts';
import type { ImageInput } from '../product-input.ts';

/** Finds a picture that a feed names. @throws AppError BAD_USER_INPUT for a link that is neither a web address nor a file within the feed's folder */
export type FindPicture = (link: string) => Promise<ImageInput>;

const EXPECTED = 'an http(s) address or the path of a file within the folder of the feed';

/** Pictures of a feed lie in few folders; looking each up once makes a million pictures cheap. */
const FOLDERS_REMEMBERED = 10_000;

/**
 * A feed is often somebody else's file: it may name pictures of its own folder and nothing else on this machine, also not by way of
 * `..`, an absolute path or a symbolic link. A file that is not there is not judged here: it fails when it is read.
 *
 * @param folder - of the feed
 */
export async function createPictureFinder(folder: string): Promise<FindPicture> {
  const root = await realpath(folder);
  const folders = new LRUCache<string, Promise<string>>({ max: FOLDERS_REMEMBERED });

  /** Where a path really is; for one that is not there, where it would be. */
  async function realFolder(path: string): Promise<string> {
    const known = folders.get(path);
    if (known) return known;
    const found = realpathIfThere(path);
    folders.set(path, found);
    return found;
  }

  return async (link) => {
    if (/^https?:\/\//i.test(link)) return { kind: 'url', url: link };
    const path = join(root, link);
    const isElsewhere =
      isAbsolute(link) || /^[a-z][a-z0-9+.-]*:/i.test(link) || link.includes('\0') || !isWithin(root, path);
    if (isElsewhere || !isWithin(root, await realFolder(dirname(path)))) throw badInput('image_link', EXPECTED, link);
    if ((await isSymbolicLink(path)) && !isWithin(root, await realpathIfThere(path))) {
      throw badInput('image_link', EXPECTED, link);
    }
    return { kind: 'file', name: link, path };
  };
}

/**
 * Of a feed that lies in no folder of this machine: all its pictures are web addresses.
 *
 * @param base - the feed's own address, which others may be relative to
 */
export function createAddressFinder(base?: string): FindPicture {
  return async (link) => {
    if (/^https?:\/\//i.test(link)) return { kind: 'url', url: link };
    const isRelative = base !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(link) && URL.canParse(link, base);
    if (!isRelative) throw badInput('image_link', 'an http(s) address', link);
    return { kind: 'url', url: new URL(link, base).href };
  };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function realpathIfThere(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isMissing(error)) return path;
    throw error;
  }
}

async function isSymbolicLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(String((error as NodeJS.ErrnoException).code));
}
