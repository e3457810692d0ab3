import type { Alternative } from './word-query.ts';

/** An alternative whose products are not counted yet. */
export type Proposal = Omit<Alternative, 'count'>;

/** A proposal for one slot, of one lexeme. */
export function propose(
  fields: Pick<Proposal, 'kind' | 'slot' | 'factor' | 'word' | 'parts'> & Partial<Proposal>,
): Proposal {
  return { span: 1, adjacent: false, isBeginning: false, ...fields };
}

/** @returns every lexeme that the proposals name, each once */
export function lexemesOf(proposals: readonly Proposal[]): string[] {
  return [...new Set(proposals.filter(({ isBeginning }) => !isBeginning).flatMap(({ parts }) => parts.flat()))];
}

/**
 * Those of the proposals that some product may match, with the number of products; lexemes that none has are taken out.
 *
 * @param counts - products by lexeme
 */
export function counted(proposals: readonly Proposal[], counts: ReadonlyMap<string, number>): Alternative[] {
  return proposals.flatMap((proposal) => {
    const parts = proposal.parts.map((lexemes) => lexemes.filter((lexeme) => (counts.get(lexeme) ?? 0) > 0));
    if (parts.some((lexemes) => lexemes.length === 0)) return [];
    const partCounts = parts.map((lexemes) => Math.max(...lexemes.map((lexeme) => counts.get(lexeme) ?? 0)));
    return [{ ...proposal, parts, count: Math.min(...partCounts) }];
  });
}
