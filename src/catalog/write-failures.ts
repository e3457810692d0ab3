// What a failed statement means for a write: try again, refuse this row, or give up.

/** SQLSTATEs after which the same transaction may succeed: serialization_failure, deadlock_detected. */
const CLASHES: ReadonlySet<string> = new Set(['40001', '40P01']);

/** What a product or category refers to may have been pruned (sql/functions/45_categories.sql) after it was looked at: begun again, it is made again. */
const PRUNED: ReadonlySet<string> = new Set([
  'product_category_id_fkey',
  'product_further_category_ids_fkey',
  'category_parent_id_fkey',
]);

/** Times that a transaction is begun in all. */
const ATTEMPTS = 4;

/** Classes of SQLSTATEs that a row's own content can cause, in our words. */
const REFUSALS: Readonly<Record<string, string>> = {
  '22': 'a value that it cannot hold',
  '23': 'a value that a rule of its tables forbids',
  '54': 'more text than it can index',
};

/** Thrown where what was read before a transaction is no longer so within it: whoever read it does so again. */
export class Overtaken extends Error {}

/** Runs all again, from what it reads first, when another writer was quicker. */
export async function retryOvertaken<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
  return read();
}

/** Runs the transaction again when another writer was in its way. */
export async function retryClashes<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!isClash(error)) throw error;
    }
  }
  return transaction();
}

/**
 * Writes all together, and each alone where the database refuses one of them.
 *
 * @param refused - what to say of one that it does not take
 */
export async function writeOrRefuse<Item, Outcome>(
  items: readonly Item[],
  write: (some: readonly Item[]) => Promise<readonly Outcome[]>,
  refused: (item: Item, reason: string) => Outcome,
): Promise<readonly Outcome[]> {
  try {
    return await write(items);
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
  }
  const outcomes: Outcome[] = [];
  for (const item of items) {
    try {
      outcomes.push(...(await write([item])));
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      outcomes.push(refused(item, reason));
    }
  }
  return outcomes;
}

function isClash(error: unknown): boolean {
  const state = sqlState(error) ?? '';
  if (CLASHES.has(state)) return true;
  return state === '23503' && error instanceof Error && 'constraint' in error && PRUNED.has(String(error.constraint));
}

/** Why the database does not take a row, without the driver's words; undefined where the row is not at fault. */
export function refusalOf(error: unknown): string | undefined {
  const state = sqlState(error);
  const found = state === undefined ? undefined : REFUSALS[state.slice(0, 2)];
  return found === undefined
    ? undefined
    : `expected a product that the database can hold, found ${found} (SQLSTATE ${state})`;
}

/** The driver's errors have it as their code; Node.js's own codes are longer or shorter words. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}
