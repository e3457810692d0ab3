-- A query's words as the catalogue knew them: what analytics.search_products scores by (src/search/query/query-words.ts). Queries of before have none: SQL asks them again by their vectors alone.
-- Their scoring becomes what it is without words, since midpoint and width counted them: src/search/query/scoring.ts has the numbers. By words alone they find nothing.
-- Time: writes the log of searches anew, which has some days. Undo: drop the column, and put the comments of 0004 back; queries of before keep the scoring that they have now.
alter table search add column word_query jsonb;
comment on column search.words is 'The words of the query, folded, in its order; empty where words did not count.';
comment on column search.names is 'What of the catalogue the query named: keys of titles, brands, and codes as a text search query.';
comment on column search.word_query is 'Each word with how much it tells (rarity, share), the tests by which products have it (text search query, reading, worth), names and corrections: a QueryWords of src/search/query/query-words.ts. Null where words did not count.';
comment on column search.scoring is 'How products are scored: src/search/query/search-query.ts has the formulas. Null for a browsed filter.';

update search set scoring = jsonb_build_object(
  'midpoint', 0.81 * best, 'width', 0.04 * best, 'nearFrom', 0.72 * best, 'nearSpan', 0.22 * best, 'trust', 1, 'coverageCounts', 0, 'coverageWorth', 0, 'nameWorth', 0,
  'wordsTell', 0, 'reference', 1,
  'picturesFirst', exists (select from jsonb_array_elements(terms) as term where (term ->> 'weight')::float8 > 0 and not term ? 'text')::integer)
from (select id as of, greatest(0.1, (scoring ->> 'midpoint')::numeric / 0.81 - (scoring ->> 'wordWeight')::numeric) as best from search) as without_words
where id = of and model_id is not null and scoring is not null;

-- Frozen results have their query, words and scoring, as it was: nobody goes on in them.
delete from search_window;
