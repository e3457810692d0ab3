-- The functions for searching in SQL that sql/functions/71_ranking.sql and 90_analytics_search.sql take the place of, with other arguments. Only analysts called them, and no server does. Time: none.
-- Undo: none; an older program's scripts make them again.

drop function if exists analytics.search_products(uuid, integer, uuid[], text, double precision);
drop function if exists analytics.similar_products(text, integer, uuid[], text, double precision);
drop function if exists ranked_products(search, uuid[], uuid, text, double precision, double precision, integer);
drop function if exists scored_products(search, embedding_model, text[], uuid[], boolean, double precision, double precision, integer);
drop function if exists candidate_product_ids(search, embedding_model, text[], uuid[], boolean, double precision, integer);
drop function if exists nearest_product_ids(search, embedding_model, text[], uuid[], integer, boolean);
drop function if exists nearest_pictureless_ids(embedding_model, real[], text[], uuid[], integer);
drop function if exists nearest_pictured_ids(embedding_model, real[], text[], uuid[], integer, boolean);
drop function if exists matching_product_count(text[], uuid[], integer);
drop function if exists words_at_least(text[], integer);
drop function if exists names_condition(text[]);
