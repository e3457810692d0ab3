-- The vocabulary that misspelt words of a query are compared with (migrations/0003_words.sql).

create or replace function product_vocabulary(title text, brand text, description text, attributes jsonb) returns text[]
language sql immutable parallel safe as $$
  select tsvector_to_array(
    to_tsvector('simple', concat_ws(' ', title, brand, description)) || jsonb_to_tsvector('simple', attributes, '["string"]'))
$$;
comment on function product_vocabulary is 'The distinct words of a product, in lower case, not stemmed.';

create or replace function add_search_words(candidates text[]) returns void
language sql as $$
  insert into search_word (word, lexeme)
  select word, lexemes[1]
  from (select distinct unnest(candidates) as word) as candidate,
    lateral (select tsvector_to_array(to_tsvector('english', word)) as lexemes) as stemmed
  where word ~ '^[[:alpha:]]{3,40}$'
    and not exists (select from search_word as known where known.word = candidate.word)
    and cardinality(lexemes) > 0
$$;
comment on function add_search_words is 'Adds those of the words that the vocabulary lacks, without numbers, codes and words that carry no meaning (the, for).';

create or replace function product_inserted() returns trigger
language plpgsql as $$
begin
  perform add_search_words(array(
    select distinct word
    from inserted, unnest(product_vocabulary(inserted.title, inserted.brand, inserted.description, inserted.attributes)) as word));
  return null;
end
$$;
comment on function product_inserted is 'Adds the words of all products that a statement inserted to the vocabulary, at once.';

create or replace function product_reworded() returns trigger
language plpgsql as $$
begin
  perform add_search_words(product_vocabulary(new.title, new.brand, new.description, new.attributes));
  return null;
end
$$;
comment on function product_reworded is 'Adds the words of a changed product to the vocabulary.';
