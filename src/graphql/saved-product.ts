/** What happened, as in schema.graphql. */
type Outcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';

/** What became of one product of an input. */
export interface SavedProduct {
  /** Null where it was refused. */
  readonly productId: string | null;
  readonly outcome: Outcome;
}

/** What became of one change of a variant. */
export interface SavedVariant {
  /** Null where it was refused. */
  readonly variantId: string | null;
  readonly outcome: Outcome;
}

export const REFUSED: SavedProduct = { productId: null, outcome: 'REFUSED' };
