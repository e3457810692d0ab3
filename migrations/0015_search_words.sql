-- A query's words as the catalogue knew them: what analytics.search_products scores by (src/search/query/query-words.ts). Queries of before have none: SQL asks them again by their vectors alone.
-- Time: none. Undo: drop the column, and put the comments of 0004 back.
alter table search add column word_query jsonb;
comment on column search.words is 'The words of the query, folded, in its order; empty where words did not count.';
comment on column search.names is 'What of the catalogue the query named: keys of titles, brands, and codes as a text search query.';
comment on column search.word_query is 'Each word with how much it tells (rarity, share), the tests by which products have it (text search query, reading, worth), names and corrections: a QueryWords of src/search/query/query-words.ts. Null where words did not count.';
comment on column search.scoring is 'How products are scored: src/search/query/search-query.ts has the formulas. Null for a browsed filter.';
