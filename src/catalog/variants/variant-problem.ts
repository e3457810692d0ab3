import { variantId } from '../../identifiers.ts';

/** What is wrong with a variant that is handed in. */
export interface VariantProblem {
  /** Null where the shop has no such variant. */
  readonly sku: string | null;
  readonly variantId: string;
  /** What was expected and what was found. */
  readonly reason: string;
}

export function problemOf(sku: string, reason: string): VariantProblem {
  return { sku, variantId: variantId(sku), reason };
}
