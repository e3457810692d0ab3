/** A word, or what stands between two words of a title: blanks, hyphens, commas, slashes, brackets and the like. */
const PARTS = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu;

/** What a title does not end with: a closing bracket or a quotation mark stays. */
const LOOSE_END = /[\s\-–—,/|:;._(]+$/u;

/**
 * The title of a product, of its variants' titles: the words with which all of them begin. "Chaz Hoodie-XS-Black" and "Chaz Hoodie-XS-Gray" give "Chaz Hoodie-XS"
 * where no other size is there, and "Chaz Hoodie" where there is. Whole words, so that the sizes 32 and 33 do not leave a 3.
 *
 * @param titles - at least one
 * @returns the first title if they have no word in common
 */
export function commonTitle(titles: readonly string[]): string {
  const [first = '', ...others] = titles;
  if (others.every((title) => title === first)) return first;
  const parts = partsOf(first);
  let shared = parts.length;
  for (const title of others) {
    const theirs = partsOf(title);
    let same = 0;
    while (same < shared && same < theirs.length && parts[same] === theirs[same]) same++;
    shared = same;
  }
  const common = parts.slice(0, shared).join('').replace(LOOSE_END, '').trim();
  return common === '' ? first : common;
}

function partsOf(title: string): readonly string[] {
  return title.match(PARTS) ?? [];
}
