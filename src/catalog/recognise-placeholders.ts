import type { Kysely } from 'kysely';
import { atLeisure } from '../database/at-leisure.ts';
import type { Database } from '../database/tables.ts';
import type { EmbedFailure } from './embed-deps.ts';
import {
  deleteIgnoredVectors,
  imageTables,
  knownPlaceholders,
  markPlaceholders,
  type PlaceholderRule,
  placeholders,
  unmarkPlaceholders,
} from './placeholder-statements.ts';

/** What is told of placeholders. */
export interface Recognised {
  /** Pictures that were not known to be placeholders before. */
  readonly pictures: number;
  /** One for each content, with the first of its products and how many there are. */
  readonly notes: readonly EmbedFailure[];
}

/**
 * Finds pictures that many unrelated products share ("no picture yet"): they are IGNORED, and their vectors go, so that these products are compared by their texts. What is none any more,
 * because its products got pictures or the rule was changed, waits to be embedded again.
 *
 * @param contents - of pictures that are new; undefined looks at all
 */
export async function recognisePlaceholders(
  db: Kysely<Database>,
  rule: PlaceholderRule,
  contents: readonly string[] | undefined,
): Promise<Recognised> {
  return atLeisure(db, async (transaction) => {
    const known = (await knownPlaceholders().execute(transaction)).rows.map(({ content_hash }) => content_hash);
    const looked = contents && [...new Set([...contents, ...known])];
    const found =
      rule.products === 0 || looked?.length === 0 ? [] : (await placeholders(rule, looked).execute(transaction)).rows;
    const gone = known.filter((content) => !found.some(({ content_hash }) => content_hash === content));
    if (gone.length > 0) await unmarkPlaceholders(gone).execute(transaction);
    const marked = found.length === 0 ? [] : (await markPlaceholders(found).execute(transaction)).rows;
    if (marked.length > 0) {
      const models = await imageTables(transaction).execute();
      for (const { image_table } of models) await deleteIgnoredVectors(image_table).execute(transaction);
    }
    const first = new Map(marked.map((picture) => [picture.contentHash, picture]));
    const notes = [...first.values()].map(({ productId, source, products }) => ({
      productId,
      source,
      reason: `placeholder: ${products} unrelated products have this very picture; it is shown, and no search finds them by it`,
    }));
    return { pictures: marked.length, notes };
  });
}
