import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { Analysis } from '../../words/language/open-analysis.ts';
import { prepareSynonyms, type Synonyms } from '../../words/query/synonyms.ts';
import { readSynonymRules } from './read-synonyms.ts';
import { synonymVersion } from './synonym-statements.ts';

/** A shop's synonyms as they are now, whichever server, or SQL, changed them. */
export interface SynonymFollower {
  /** Asks the database whether anything has changed at most once in `LOOK_MS`, and then only for one row. @throws AppError DATABASE_UNAVAILABLE, TIMEOUT */
  current(): Promise<Synonyms>;
  /** Looks at the next `current`: after this process has changed them. */
  refresh(): void;
}

/** How old an answer may be. */
const LOOK_MS = 2_000;

interface Known {
  readonly version: number;
  readonly analysis: Analysis;
  readonly synonyms: Synonyms;
}

/**
 * @param deps.analysis - of the shop's words now; rules are prepared anew with another one
 * @param deps.now - milliseconds (performance.now)
 */
export function followSynonyms(deps: {
  db: Kysely<Database>;
  analysis: () => Promise<Analysis>;
  now?: () => number;
}): SynonymFollower {
  const { db, analysis, now = () => performance.now() } = deps;
  let known: Known | undefined;
  let freshUntil = Number.NEGATIVE_INFINITY;
  let looking: Promise<Known> | undefined;
  let changes = 0;

  async function look(): Promise<Known> {
    const [began, before] = [now(), changes];
    const [{ version }, current] = await Promise.all([synonymVersion(db).executeTakeFirstOrThrow(), analysis()]);
    // The rules may be newer than the version: then they are read once more at the next look.
    const isSame = known?.version === version && known.analysis === current;
    const found =
      known !== undefined && isSame
        ? known
        : { version, analysis: current, synonyms: prepareSynonyms(current, await readSynonymRules(db)) };
    if (changes === before) {
      known = found;
      freshUntil = began + LOOK_MS;
      looking = undefined;
    }
    return found;
  }

  return {
    async current() {
      if (known !== undefined && now() < freshUntil) return known.synonyms;
      looking ??= look();
      const own = looking;
      try {
        return (await own).synonyms;
      } catch (error) {
        if (looking === own) looking = undefined;
        throw error;
      }
    },
    refresh() {
      // What is being looked up may be from before the change.
      changes += 1;
      freshUntil = Number.NEGATIVE_INFINITY;
      looking = undefined;
    },
  };
}
