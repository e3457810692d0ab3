import { createHash } from 'node:crypto';
import { sql } from 'kysely';

const MARK = '/* planned once */';

/**
 * Marks a statement whose plan is the same for all values: it looks products up by their ids, say. It is kept parsed, and PostgreSQL may plan it once for all times. What a filter or the words
 * of a query narrow is planned anew each time: what is right for it depends on how much it leaves.
 */
export const PLANNED_ONCE = sql.raw(MARK);

/** Gives statements that come again a name, under which a connection keeps them parsed. */
export type StatementNames = (text: string) => string | undefined;

/** A statement that came so often will come again; one made of a filter that nobody else thinks of will not. */
const OFTEN = 5;
/** Each connection keeps each of them, some 50 kB in PostgreSQL. A search has some 20. */
const MAX_NAMES = 200;
/** Texts that are counted until they have a name. */
const MAX_COUNTED = 2_000;

/**
 * The first 200 texts that come a fifth time have a name from then on; all others never do. Bounded, since filters are nested as people like, and a connection keeps what it has parsed
 * until it ends.
 */
export function createStatementNames(): StatementNames {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  return (text) => {
    if (!text.includes(MARK)) return undefined;
    const name = names.get(text);
    if (name !== undefined || names.size === MAX_NAMES) return name;
    const count = (counts.get(text) ?? 0) + 1;
    if (count < OFTEN) {
      if (counts.size === MAX_COUNTED) counts.clear();
      counts.set(text, count);
      return undefined;
    }
    counts.delete(text);
    const given = createHash('sha256').update(text).digest('hex').slice(0, 32);
    names.set(text, given);
    return given;
  };
}
