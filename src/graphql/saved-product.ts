import type { WriteOutcome } from './generated/resolver-types.ts';

/** What became of one product of an input. */
export interface SavedProduct {
  /** Null where it was refused. */
  readonly productId: string | null;
  readonly outcome: WriteOutcome;
}

/** What became of one change of a variant. */
export interface SavedVariant {
  /** Null where it was refused. */
  readonly variantId: string | null;
  readonly outcome: WriteOutcome;
}

export const REFUSED: SavedProduct = { productId: null, outcome: 'REFUSED' };
