import { type RawBuilder, sql } from 'kysely';
import type { SearchQuery } from '../query/search-query.ts';
import { relevanceOfWords } from '../query/word-score-statements.ts';

// What products score, as expressions on the rows of src/search/ranking/ranking-statements.ts; src/search/query/search-query.ts has the formulas.

interface Scored {
  /** Null where a filter is browsed. */
  readonly query: SearchQuery | null;
}

const NOTHING = sql``;

/** What words and names count for. */
export function wordScore({ query }: Scored): RawBuilder<number> {
  if (!query?.words) return sql<number>`0::float8`;
  const { coverageWorth, nameWorth } = query.scoring;
  return sql<number>`c.worth + c.covers * c.covers * (${coverageWorth}::float8 + ${nameWorth}::float8 * c.name)`;
}

/** By words and by how near it is, as far as vectors can judge. Texts are of another scale than pictures: where a picture was asked for, they say nothing of nearness. */
export function score({ query }: Scored): RawBuilder<number> {
  if (!query?.vectors) return sql<number>`s.word_score`;
  const { nearFrom, nearSpan, trust, picturesFirst } = query.scoring;
  const nearness = sql`${trust}::float8 * greatest(0, least(1, (coalesce(s.vector_score, 0) - ${nearFrom}::float8) / ${nearSpan}::float8))`;
  return sql<number>`s.word_score + ${nearness} * (1 - ${pictureless(picturesFirst, 's')})`;
}

/** The exponent is bounded, because PostgreSQL's exp() fails where others give 0 or infinity. */
export function relevance({ query }: Scored): RawBuilder<number> {
  if (query === null) return sql<number>`1::float8`;
  if (query.vectors === null) return relevanceOfWords('s', { trust: sql<number>`0`, far: sql<number>`0` });
  const { midpoint, width, mostJudged, nearFrom, coverageCounts, trust, wordsTell, picturesFirst } = query.scoring;
  // Of products without a picture the similarity is of another scale: it doubts nothing.
  const pictured = sql<number>`case when s.distance is not null then ${trust}::float8 else 0 end`;
  const far = sql<number>`case when s.distance is not null and s.vector_score < ${nearFrom}::float8 then ${trust}::float8 else 0 end`;
  const byWords = relevanceOfWords('s', { trust: pictured, far });
  const counted = query.words === null ? NOTHING : sql` - ${coverageCounts}::float8 * s.covers`;
  const unbounded = sql`1 / (1 + exp(greatest(-500, least(500, (${midpoint}::float8 - coalesce(s.vector_score, 0)${counted}) / ${width}::float8))))`;
  const judged = query.words === null ? unbounded : sql`least(${mostJudged}::float8, ${unbounded})`;
  const trusted = sql<number>`${trust}::float8 * (1 - ${sql.lit(TEXTS_DOUBTED)} * ${pictureless(picturesFirst, 's')}) * ${judged}`;
  return query.words === null ? trusted : sql<number>`greatest(${trusted}, ${wordsTell}::float8 * ${byWords})`;
}

/** Where a picture or a product was asked for, a product that is compared by its text is no sure match, however near: below WEAK. docs/decisions/0009-pictureless.md */
const TEXTS_DOUBTED = 0.51;

/** `picturesFirst` for a product without a picture, 0 for others. */
function pictureless(picturesFirst: number, row: string): RawBuilder<number> {
  return sql<number>`case when ${sql.raw(row)}.distance is null then ${picturesFirst}::float8 else 0 end`;
}

/** What products are ordered by, beside boosts. */
export function closeness({ query }: Scored): RawBuilder<number> {
  if (query === null) return sql<number>`r.relevance`;
  const { reference, picturesFirst } = query.scoring;
  if (query.words !== null || query.vectors === null) return sql<number>`r.score / ${reference}::float8`;
  return sql<number>`r.relevance - ${pictureless(picturesFirst, 'r')}`;
}

/** Of two that are as close, at the ends of relevance and of nearness, the nearer one. */
export function tie({ query }: Scored): RawBuilder<number> {
  return query?.vectors ? sql<number>`coalesce(r.vector_score, 0)` : sql<number>`0::float8`;
}
