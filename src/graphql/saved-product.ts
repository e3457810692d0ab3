/** What became of one product of an input. */
export interface SavedProduct {
  /** Null where it was refused. */
  readonly productId: string | null;
  readonly outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
}

export const REFUSED: SavedProduct = { productId: null, outcome: 'REFUSED' };
