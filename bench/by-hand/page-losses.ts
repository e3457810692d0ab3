/** Products as they came, page by page: each by its picture. */
export type Pages = readonly (readonly string[])[];

export interface Losses {
  /** Share of the right products that are on any page, 0 to 1; 1 where there are none. */
  readonly recall: number;
  /** Rows that all pages together are short of. */
  readonly missing: number;
  /** Rows with a product that was there before, on the same or another page. */
  readonly repeated: number;
  /** Right products that are on no page, although one behind them is: who reads on does not come to them. */
  readonly skipped: number;
}

/**
 * What somebody who reads all pages misses.
 *
 * @param right - the products that should be there, nearest first, each once; no more than there are rows
 * @param rows - that there should be on all pages together: as many as asked for, or fewer where fewer hold
 */
export function lossesOf(pages: Pages, right: readonly string[], rows: number): Losses {
  const shown = pages.flat();
  const found = new Set(shown);
  const last = right.findLastIndex((id) => found.has(id));
  const here = right.filter((id) => found.has(id)).length;
  return {
    recall: right.length === 0 ? 1 : here / right.length,
    missing: Math.max(0, rows - shown.length),
    repeated: shown.length - found.size,
    skipped: last + 1 - here,
  };
}
