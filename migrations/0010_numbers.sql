-- Searches may be ordered by the numbers of an attribute; the log says so. Time: reads the log once. Undo: the constraint as it was, once no such search is left.

alter table search drop constraint search_sort_check,
  add constraint search_sort_check check (sort in ('RELEVANCE', 'PRICE_ASC', 'PRICE_DESC', 'NEWEST', 'TITLE', 'NUMBER_ASC', 'NUMBER_DESC'));
comment on column search.sort is 'RELEVANCE, PRICE_ASC, PRICE_DESC, NEWEST, TITLE, NUMBER_ASC or NUMBER_DESC (by sortAttribute of options).';
