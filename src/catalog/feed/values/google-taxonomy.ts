import { readFile } from 'node:fs/promises';
import { AppError } from '../../../errors.ts';

/** Google's product taxonomy: what its numbers mean. */
export interface GoogleTaxonomy {
  /** As the list says it: `2021-09-21`; undefined where it does not. */
  readonly version: string | undefined;
  /** Names from the top down; undefined for a number that is not in it. */
  pathOf(number: number): readonly string[] | undefined;
}

/** `166 - Apparel & Accessories > Clothing`. */
const LINE = /^(\d+) - (\S.*)$/;

/**
 * Reads Google's list with numbers, in whatever language, as Google publishes it (taxonomy-with-ids).
 *
 * @throws AppError CONFIG_INVALID for a file that is not there or is none
 */
export async function readGoogleTaxonomy(path: string): Promise<GoogleTaxonomy> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('CONFIG_INVALID', `LOOKGRAPH_GOOGLE_TAXONOMY: expected a file, found ${path} (${cause.code})`, {
      cause,
    });
  });
  const paths = new Map<number, readonly string[]>();
  for (const line of text.split(/\r?\n/)) {
    const [, number, names] = LINE.exec(line.trim()) ?? [];
    if (number !== undefined && names !== undefined) paths.set(Number(number), names.split(' > '));
  }
  if (paths.size === 0) {
    throw new AppError(
      'CONFIG_INVALID',
      `LOOKGRAPH_GOOGLE_TAXONOMY: expected lines like "166 - Apparel & Accessories", found none in ${path}`,
    );
  }
  const version = /^# *Google_Product_Taxonomy_Version: *(\S+)/m.exec(text)?.[1];
  return { version, pathOf: (number) => paths.get(number) };
}
