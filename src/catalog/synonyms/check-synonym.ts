import { AppError } from '../../errors.ts';
import { type SynonymRule, synonymProblem } from '../../words/query/synonym-file.ts';

/** A rule that may be stored. */
export type CheckedSynonym = SynonymRule;

/**
 * Puts the blanks of a rule right and checks its bounds.
 *
 * @param rule.meanings - null, undefined: two ways
 * @param path - where it is in the input, dotted
 * @throws AppError BAD_USER_INPUT
 */
export function checkSynonym(
  rule: { readonly words: readonly string[]; readonly meanings?: readonly string[] | null | undefined },
  path: string,
): CheckedSynonym {
  const tidy = (side: readonly string[]): string[] => side.map((text) => text.trim().replaceAll(/\s+/g, ' '));
  const left = tidy(rule.words);
  const isTwoWay = rule.meanings === null || rule.meanings === undefined;
  const checked = { left, right: isTwoWay ? left : tidy(rule.meanings), isTwoWay };
  const problem = synonymProblem(checked);
  if (problem === undefined) return checked;
  throw new AppError('BAD_USER_INPUT', `${path}: expected ${problem.expected}, found ${problem.found}`, {
    path: path.split('.'),
  });
}
