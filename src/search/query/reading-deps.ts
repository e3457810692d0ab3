import type { Analysis } from '../../words/language/open-analysis.ts';
import type { Synonyms } from '../../words/query/synonyms.ts';

/** What a shop reads the words of its queries by, beside its catalogue. */
export interface ReadingDeps {
  readonly analysis: Analysis;
  /** As they are now. */
  readonly synonyms: () => Promise<Synonyms>;
}
