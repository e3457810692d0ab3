import type { AttributeCount } from '../database/catalog-count-statements.ts';
import { containsText } from '../words/contains-text.ts';
import { foldText } from '../words/text/fold.ts';
import { UNITS } from '../words/text/units.ts';

/** An attribute that products have. */
export interface AttributeDefinition {
  /** As the shop writes it. */
  readonly name: string;
  /** NUMBER: nearly all of its values are numbers that one can filter and sort by. */
  readonly kind: 'TEXT' | 'NUMBER';
  /** Of numbers, what the name says they are in; null where it says nothing. */
  readonly unit: string | null;
  /** Share of products that have it, 0 to 1. */
  readonly coverage: number;
  /** Different values. */
  readonly valueCount: number;
}

/**
 * Attributes by their counts, in the same order.
 *
 * @param search - part of a name, whatever its case, accents, hyphens and blanks; empty for all
 */
export function attributeDefinitions(
  counts: readonly AttributeCount[],
  { search, first }: { search: string; first: number },
): AttributeDefinition[] {
  const contains = containsText(search);
  return counts
    .filter(({ name }) => contains(name))
    .slice(0, first)
    .map(({ name, kind, coverage, value_count: valueCount }) => ({
      name,
      kind,
      unit: kind === 'NUMBER' ? unitOfName(name) : null,
      coverage,
      valueCount,
    }));
}

/** What stands in brackets at the end, or last behind a blank, an underscore, a slash or a hyphen: "Width (cm)", "weight_kg". */
const LAST_PART = /[([]\s*(?<inBrackets>[^()[\]]+?)\s*[)\]]\s*$|.[\s_/-](?<bare>[^\s_/()[\]-]+)\s*$/u;

/** The unit that a name says, as it is written there; null for none. A word that is also another one ("pack", "in") is a unit in brackets alone. */
function unitOfName(name: string): string | null {
  const { inBrackets, bare } = LAST_PART.exec(name)?.groups ?? {};
  const written = inBrackets ?? bare;
  if (written === undefined) return null;
  const unit = UNITS.get(foldText(written).replace(/\.$/, ''));
  return unit !== undefined && (inBrackets !== undefined || !unit.ambiguous) ? written : null;
}
