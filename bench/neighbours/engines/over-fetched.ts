import type { AllowedPictures } from '../allowed-pictures.ts';
import { PICTURES } from '../peer.ts';

/**
 * How many pictures are fetched of an engine that cannot filter, before those that may not be found are left out. Its own candidate list is at least as long, so this
 * is its care, too. More than the last is not tried.
 */
export const FETCHED = [PICTURES, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** Those of them that may be found, as many as every engine is asked for. */
export function allowedOf(found: Iterable<number>, { has }: AllowedPictures): number[] {
  const kept: number[] = [];
  for (const picture of found) {
    if (has[picture] === 1) kept.push(picture);
    if (kept.length === PICTURES) break;
  }
  return kept;
}
