-- What runs when products and vectors change, last of all, since it has to wait for writers that are under way, and others for it. In a script of its own: a function behind a trigger is replaced
-- without touching the table.
-- create or replace keeps a trigger that is there; one that is to go is dropped by a migration.

create or replace trigger product_texts_changed before update of title, description, brand, codes, category_id, further_category_ids, attributes on product
  for each row when ((old.title, old.description, old.brand, old.codes, old.category_id, old.further_category_ids, old.attributes)
      is distinct from (new.title, new.description, new.brand, new.codes, new.category_id, new.further_category_ids, new.attributes)
    and old.words is not distinct from new.words)
  execute function product_texts_changed();
create or replace trigger category_renamed before update on category
  for each row when ((old.name, old.path, old.ancestor_ids) is distinct from (new.name, new.path, new.ancestor_ids)) execute function category_renamed();
create or replace trigger category_products_outdated after update on category
  for each row when ((old.name, old.path, old.ancestor_ids) is distinct from (new.name, new.path, new.ancestor_ids)) execute function category_products_outdated();

create or replace trigger further_categories_inserted after insert on product
  for each row when (new.further_category_ids is not null) execute function further_categories_exist();
create or replace trigger further_categories_changed after update of further_category_ids on product
  for each row when (new.further_category_ids is not null and old.further_category_ids is distinct from new.further_category_ids) execute function further_categories_exist();
create or replace trigger category_deleted after delete on category
  for each row execute function category_is_not_needed();

create or replace trigger count_inserted_words after insert on product
  referencing new table as inserted for each statement execute function count_inserted_words();
create or replace trigger count_changed_words after update on product
  for each row when (old.words is distinct from new.words) execute function count_changed_words();
create or replace trigger count_deleted_words after delete on product
  referencing old table as deleted for each statement execute function count_deleted_words();
create or replace trigger forget_words after truncate on product
  for each statement execute function forget_words();

create or replace trigger suggest_inserted_products after insert on product
  referencing new table as inserted for each statement execute function suggest_inserted_products();
create or replace trigger suggest_deleted_products after delete on product
  referencing old table as deleted for each statement execute function suggest_deleted_products();
create or replace trigger suggest_changed_product after update on product
  for each row when ((old.brand, old.category_id, old.further_category_ids) is distinct from (new.brand, new.category_id, new.further_category_ids))
  execute function suggest_changed_product();

create or replace trigger product_sketched_inserted after insert on product referencing new table as changed
  for each statement execute function sketched_products_inserted();
create or replace trigger product_sketched_updated after update on product referencing old table as before new table as changed
  for each statement execute function sketched_products_updated();
create or replace trigger product_sketched_deleted after delete on product referencing old table as changed
  for each statement execute function sketched_products_deleted();

create or replace trigger variants_inserted after insert on product_variant referencing new table as changed
  for each statement execute function variants_inserted();
create or replace trigger variants_updated after update on product_variant referencing old table as before new table as changed
  for each statement execute function variants_updated();
create or replace trigger variants_deleted after delete on product_variant referencing old table as changed
  for each statement execute function variants_deleted();
create or replace trigger picture_looks_changed after update on product_image referencing old table as before new table as changed
  for each statement execute function picture_looks_changed();

create or replace trigger synonyms_changed after insert or update or delete on synonym
  for each statement execute function synonyms_changed();
create or replace trigger synonyms_truncated after truncate on synonym
  for each statement execute function synonyms_changed();

create or replace function keep_vectors(image_table text, text_table text) returns void
language plpgsql as $$
begin
  execute format(
    'create or replace trigger %I before insert on %I for each row execute function text_is_pictureless(%L)',
    text_table || '_is_pictureless', text_table, image_table);
  execute format(
    'create or replace trigger %I after insert on %I referencing new table as changed for each statement execute function pictures_changed(%L, %L)',
    image_table || '_inserted', image_table, image_table, text_table);
  execute format(
    'create or replace trigger %I after delete on %I referencing old table as changed for each statement execute function pictures_changed(%L, %L)',
    image_table || '_deleted', image_table, image_table, text_table);
  -- Their names come behind those above, which say first whose texts are compared: triggers run in the order of their names.
  execute format('create or replace trigger %I after insert on %I referencing new table as changed for each statement execute function sketched_vectors_changed()', image_table || '_sketched_inserted', image_table);
  execute format('create or replace trigger %I after update on %I referencing new table as changed for each statement execute function sketched_vectors_changed()', image_table || '_sketched_updated', image_table);
  execute format('create or replace trigger %I after delete on %I referencing old table as changed for each statement execute function sketched_vectors_changed()', image_table || '_sketched_deleted', image_table);
  execute format('create or replace trigger %I after insert on %I referencing new table as changed for each statement execute function sketched_texts_changed()', text_table || '_sketched_inserted', text_table);
  execute format('create or replace trigger %I after update on %I referencing old table as before new table as changed for each statement execute function sketched_texts_updated()', text_table || '_sketched_updated', text_table);
  execute format('create or replace trigger %I after delete on %I referencing old table as changed for each statement execute function sketched_texts_changed()', text_table || '_sketched_deleted', text_table);
end
$$;
comment on function keep_vectors is 'Makes the triggers of a model''s tables of vectors, which say what products are compared by their text, and keep sketches in step.';

select keep_vectors(image_table, text_table) from embedding_model;
