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

/** Something that is told of an input, by its place. */
interface Told<Code extends string> {
  readonly path: readonly string[];
  readonly message: string;
  readonly code: Code;
}

/** What became of changes of variants. */
export interface SavedVariants {
  /** One for each change, in the order of the input. */
  readonly results: readonly SavedVariant[];
  /** In the order of the input. */
  readonly userErrors: readonly Told<string>[];
  /** What may not have been meant; read where it is asked for. */
  readonly warnings: () => Promise<
    readonly Told<'VARIANT_MOVED' | 'OPTION_MISSING' | 'OPTIONS_REPEATED' | 'SEVERAL_CURRENCIES'>[]
  >;
}
