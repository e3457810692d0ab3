import { type RawBuilder, sql } from 'kysely';
import type { QueryWords } from './query-words.ts';
import type { Scoring } from './search-query.ts';
import { nameParameters, nameValue, wordComparison } from './word-score-statements.ts';

/** What the words of some products are, in order. */
export interface WordsAmong {
  /** What words and names count for. */
  readonly scores: readonly number[];
  /** How many of the slots that a level is made of each has. */
  readonly matched: readonly number[];
}

/**
 * How some products score by words, without their vectors.
 *
 * @param p.slots - a text search query for each slot that is counted
 */
export function wordsAmong(p: {
  readonly productIds: readonly string[];
  readonly words: QueryWords;
  readonly slots: readonly string[];
  readonly scoring: Pick<Scoring, 'coverageWorth' | 'nameWorth'>;
}): RawBuilder<WordsAmong> {
  const { coverageWorth, nameWorth } = p.scoring;
  const words = wordComparison(p.words);
  const matched = sql.join([sql`0`, ...p.slots.map((slot) => sql`(p.words @@ ${slot}::tsquery)::integer`)], sql` + `);
  return sql`
    with ${words.tables}near as materialized (
      select asked.place, ${nameValue(nameParameters(p.words.names))} as name, coalesce(${matched}, 0) as matched${words.columns}
      from unnest(${`{${p.productIds.join(',')}}`}::uuid[]) with ordinality as asked (id, place)
      left join product as p on p.id = asked.id${words.join}
    ),
    counted as (select n.*${words.totals('n')} from near as n offset 0)
    select coalesce(json_agg(worth + covers * covers * (${coverageWorth}::float8 + ${nameWorth}::float8 * name) order by place), '[]') as scores,
      coalesce(json_agg(matched order by place), '[]') as matched
    from counted`;
}
