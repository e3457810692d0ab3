-- A product's code (GTIN) in a column of its own, so that a shop finds exactly the products that a till or a partner names. Until now it was an attribute among others;
-- those that are there move. The code stays a word that a search finds, now beside the sku. No table of sketches has it: few products share a code, so they are
-- looked up by it. Time: writes every product anew. Undo: put it back among the attributes, drop the column, make words as in 0001.

alter table product add column gtin text;
comment on column product.gtin is 'Product code (GTIN: EAN, UPC, ISBN), as the shop writes it.';

update product set gtin = btrim(attributes -> 'gtin' ->> 0), attributes = attributes - 'gtin'
where jsonb_typeof(attributes -> 'gtin') = 'array' and char_length(btrim(attributes -> 'gtin' ->> 0)) between 1 and 50;

create index product_gtin_idx on product (gtin);

-- Before PostgreSQL 17 the expression of a generated column cannot be changed: the column is made again, with what depends on it.
drop trigger if exists product_reworded on product;
alter table product drop column words;
alter table product add column words tsvector not null generated always as (
  setweight(to_tsvector('simple', sku || ' ' || coalesce(brand, '') || ' ' || coalesce(gtin, '')), 'A')
  || setweight(to_tsvector('english', title), 'B')
  || setweight(jsonb_to_tsvector('english', attributes, '["string"]'), 'C')
  || setweight(to_tsvector('english', coalesce(description, '')), 'D')
) stored;
create index product_words_idx on product using gin (words);
-- Makes the trigger again.
delete from function_script where name = '95_triggers';
comment on column product.words is 'Its words for full-text search, by weight: A sku, brand and gtin (as written), B title, C values of attributes, D description (stems, english).';
