import { type RawBuilder, type SqlBool, sql } from 'kysely';
import {
  BELOW_STRONG,
  FOUND_RELEVANCE,
  LEAST_FOUND,
  MENDED_COVERAGE,
  ROUNDING,
  STRONG_COVERAGE,
  WEAK_COVERAGE,
} from '../../words/score/quality.ts';
import { FIELD_VALUES, NAME_VALUES } from '../../words/score/score.ts';
import type { QueryNames, QueryWords } from './query-words.ts';
import type { WordTest } from './word-tests.ts';

/** What is added up over the slots of a query, by its name in a `WordTest`. */
const TOTALS = {
  worth: 'worth',
  covers: 'covers',
  finds: 'finds',
  sures: 'sures',
  mends: 'mends',
  mendsName: 'mends_name',
  tells: 'tells',
  hits: 'hits',
} as const satisfies Partial<Record<keyof WordTest, string>>;
type Total = keyof typeof TOTALS;
const TOTAL_NAMES = Object.keys(TOTALS) as Total[];
const NOTHING = sql``;

/** How the words of a query are compared with products, in three places of one statement. */
export interface WordComparison {
  /** Common table expressions, each with a comma behind it. */
  readonly tables: RawBuilder<unknown>;
  /** Joined to `product as p`. */
  readonly join: RawBuilder<unknown>;
  /** Columns beside those of `product as p`, beginning with a comma: `tests`, an array with the number of the test that each slot matched (from 1; 0: none), null without any. */
  readonly columns: RawBuilder<unknown>;
  /** Of a row with these columns, by its alias, columns with the totals of what it matched, beginning with a comma: `worth` and so on, 0 where it has none of the words. */
  readonly totals: (alias: string) => RawBuilder<unknown>;
}

/** No words: nothing is compared. */
const NO_WORDS: WordComparison = {
  tables: NOTHING,
  join: NOTHING,
  columns: sql`, null::integer[] as tests`,
  totals: () =>
    sql`${sql.join(
      TOTAL_NAMES.map((name) => sql`, 0::float8 as ${sql.raw(TOTALS[name])}`),
      NOTHING,
    )}`,
};

/**
 * Each slot as one `case`, its tests one after the other until one holds. A product without any of the words pays a single test, and one without a slot's words one for the slot.
 */
export function wordComparison(words: QueryWords | null): WordComparison {
  if (words === null || words.any === null) return NO_WORDS;
  const { slots, tests, any } = words;
  const chains = slots.map((_, slot) => chainOf(tests, slot));
  return {
    tables: NOTHING,
    join: NOTHING,
    columns: sql`, case when p.words @@ ${any}::tsquery then array[${sql.join(chains)}] end as tests`,
    totals: (alias) => {
      const totals = TOTAL_NAMES.map((name) => sql`, ${totalOf(words, name, alias)} as ${sql.raw(TOTALS[name])}`);
      return sql.join(totals, NOTHING);
    },
  };
}

function totalOf({ slots, tests }: QueryWords, total: Total, alias: string): RawBuilder<number> {
  // The first is what slots without a match add.
  const values = [0, ...tests.map((test) => test[total])];
  if (values.every((value) => value === 0)) return sql<number>`0::float8`;
  const shares = slots.map((_, slot) => sql`(${values}::float8[])[${sql.raw(alias)}.tests[${sql.lit(slot + 1)}] + 1]`);
  return sql<number>`coalesce(${sql.join(shares, sql` + `)}, 0)`;
}

const CHEAP_TESTS = 2;

function chainOf(tests: readonly WordTest[], slot: number): RawBuilder<number> {
  const own = tests.flatMap((test, index) => (test.slot === slot ? [{ ...test, number: index + 1 }] : []));
  if (own.length === 0) return sql<number>`0`;
  const whens = own.map(({ query, number }) => sql`when p.words @@ ${query}::tsquery then ${sql.lit(number)}`);
  const chain = sql<number>`case ${sql.join(whens, sql` `)} else 0 end`;
  if (own.length <= CHEAP_TESTS) return chain;
  // What asks for any place is what the others narrow.
  const widest = own.filter(({ field, kind }) => kind === 'OTHER_AMOUNT' || field === FIELD_VALUES.D);
  const any = [...new Set(widest.map(({ query }) => query))].join(' | ');
  return sql<number>`case when p.words @@ ${any}::tsquery then ${chain} else 0 end`;
}

/** The tests of a query as arrays, for statements that are the same for any number of words: functions in SQL. */
export interface ListedTests {
  readonly any: RawBuilder<unknown>;
  readonly queries: RawBuilder<unknown>;
  readonly slots: RawBuilder<unknown>;
  readonly totals: Readonly<Record<Total, RawBuilder<unknown>>>;
}

/** The same of tests that stand in arrays: the tests that hold are looked up product by product. Adds up in the same order, and so to the last bit. */
export function listedComparison({ any, queries, slots, totals }: ListedTests): WordComparison {
  return {
    tables: sql`word_test as materialized (
      select * from unnest(${queries}::tsquery[], ${slots}::integer[], ${sql.join(TOTAL_NAMES.map((name) => sql`${totals[name]}::float8[]`))}) with ordinality
        as word_test (query, slot, ${sql.raw(TOTAL_NAMES.map((name) => TOTALS[name]).join(', '))}, test)
    ),
    `,
    join: sql`
      left join lateral (
        select array_agg(best.test::integer) as tests, ${sql.join(TOTAL_NAMES.map((name) => sql`sum(best.${sql.raw(TOTALS[name])}) as ${sql.raw(TOTALS[name])}`))}
        from (select distinct on (t.slot) t.* from word_test as t where p.words @@ t.query order by t.slot, t.test) as best
      ) as found on p.words @@ ${any}::tsquery`,
    columns: sql`, found.tests, ${sql.raw(TOTAL_NAMES.map((name) => `found.${TOTALS[name]} as found_${TOTALS[name]}`).join(', '))}`,
    totals: (alias) =>
      sql.raw(TOTAL_NAMES.map((name) => `, coalesce(${alias}.found_${TOTALS[name]}, 0) as ${TOTALS[name]}`).join('')),
  };
}

/** What a query names, each as a parameter; undefined for what it names none of. */
export type NameParameters = { readonly [Kind in keyof QueryNames]: RawBuilder<unknown> | undefined };

const NO_NAMES: NameParameters = {
  whole: undefined,
  titles: undefined,
  bareTitles: undefined,
  brands: undefined,
  categories: undefined,
  codes: undefined,
};

export function nameParameters(names: QueryNames | null): NameParameters {
  if (names === null) return NO_NAMES;
  const { codes, ...lists } = names;
  const given = (list: readonly string[]) => (list.length === 0 ? undefined : sql`${list}`);
  return {
    whole: given(lists.whole),
    titles: given(lists.titles),
    bareTitles: given(lists.bareTitles),
    brands: given(lists.brands),
    categories: given(lists.categories),
    codes: codes === null ? undefined : sql`${codes}`,
  };
}

type Named = readonly [names: RawBuilder<unknown> | undefined, condition: RawBuilder<SqlBool>, value: number];

/** The value of what a product is called, 0 where the query names none of it (src/words/score/score.ts). */
export function nameValue({
  whole,
  titles,
  bareTitles,
  brands,
  categories,
  codes,
}: NameParameters): RawBuilder<number> {
  const named: readonly Named[] = [
    [whole, sql`p.title_key = any(${whole}::text[])`, NAME_VALUES.WHOLE_TITLE],
    [codes, sql`p.words @@ ${codes}::tsquery`, NAME_VALUES.CODE],
    [titles, sql`p.title_key = any(${titles}::text[])`, NAME_VALUES.TITLE],
    [bareTitles, sql`p.title_key_bare = any(${bareTitles}::text[])`, NAME_VALUES.TITLE_WITHOUT_BRAND],
    [brands, sql`p.brand = any(${brands}::text[])`, NAME_VALUES.BRAND],
    [
      categories,
      sql`(p.category_id = any(${categories}::uuid[]) or p.further_category_ids && ${categories}::uuid[])`,
      NAME_VALUES.CATEGORY,
    ],
  ];
  const whens = named.flatMap(([names, condition, value]) =>
    names === undefined ? [] : [sql`when ${condition} then ${sql.lit(value)}`],
  );
  return whens.length === 0
    ? sql<number>`0::float8`
    : sql<number>`(case ${sql.join(whens, sql` `)} else 0 end)::float8`;
}

/** Holds for products whose title or code is in the query. */
export function isTitled({ titles, bareTitles, codes }: NameParameters): RawBuilder<SqlBool> {
  const conditions = [
    ...(titles === undefined ? [] : [sql`p.title_key = any(${titles}::text[])`]),
    // Only what has such a key is in its index.
    ...(bareTitles === undefined
      ? []
      : [sql`(p.title_key_bare = any(${bareTitles}::text[]) and p.title_key_bare <> '')`]),
    ...(codes === undefined ? [] : [sql`p.words @@ ${codes}::tsquery`]),
  ];
  return conditions.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}

/**
 * How relevant a product is by its words: `wordRelevance` (src/words/score/quality.ts).
 *
 * @param row - alias of a row with the totals of a comparison and `name`
 * @param doubts - as `Doubts` there
 */
export function relevanceOfWords(row: string, { trust, far }: DoubtsInSql): RawBuilder<number> {
  const [finds, sures, mends, mendsName, tells, hits, name] = [
    ...['finds', 'sures', 'mends', 'mends_name', 'tells', 'hits', 'name'],
  ].map((column) => sql.raw(`${row}.${column}`));
  const from = (share: typeof finds, bound: number) => sql`${share} >= ${sql.lit(bound - ROUNDING)}`;
  const strong = sql`(${sql.lit(STRONG_COVERAGE)} + ${sql.lit(FOUND_RELEVANCE)} * greatest(0, ${finds} - ${sql.lit(STRONG_COVERAGE)}))`;
  const part = sql`greatest(${sql.lit(WEAK_COVERAGE)}, least(${finds}, ${sql.lit(BELOW_STRONG)}))`;
  const isNamed = sql`(${name} > 0 and ${hits} >= ${sql.lit(LEAST_FOUND)}) or (${mends} > 0 and (${name} > 0 or ${mendsName} > 0) and ${from(finds, STRONG_COVERAGE)})`;
  const isTold = sql`${tells} >= ${sql.lit(LEAST_FOUND)}`;
  const isPart = sql`${from(finds, WEAK_COVERAGE)} or (${mendsName} > 0 and ${from(finds, MENDED_COVERAGE)})`;
  return sql<number>`case
          when ${from(finds, STRONG_COVERAGE)} and ${mends} = 0 and ${name} > 0 then 1
          when ${from(finds, STRONG_COVERAGE)} and ${mends} = 0 and ${from(sures, STRONG_COVERAGE)} then ${strong}
          when ${from(finds, STRONG_COVERAGE)} and ${mends} = 0 then ${strong} - ${far} * (${strong} - ${sql.lit(WEAK_COVERAGE)})
          when ${isNamed} then ${part}
          when ${isTold} then (1 - ${far}) * ${part}
          when ${isPart} then (1 - ${trust}) * ${part}
          else (1 - ${trust}) * ${finds} end`;
}

interface DoubtsInSql {
  readonly trust: RawBuilder<number>;
  readonly far: RawBuilder<number>;
}
