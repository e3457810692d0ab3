-- Categories that no product is in any more go. Called after products were written or deleted (pruneCategories in src/catalog/change-statements.ts), never within the transaction that does it.

create or replace function prune_categories() returns integer
language plpgsql as $$
declare
  emptied uuid[];
  pruned integer := 0;
  deleted integer;
begin
  loop
    -- From the leaves up, each looked up by the index (offset 0: not all products beside all categories). Whoever writes a product of a category, or a category below it, holds its row: those are passed over, and so this waits for nobody. What is held here
    -- a writer waits for, finds gone, and makes again (src/catalog/write-failures.ts).
    emptied := array(
      select c.id from category as c
      where not exists (select from product as p where p.category_id = c.id offset 0)
        and not exists (select from product as p where p.further_category_ids @> array[c.id] offset 0)
        and not exists (select from category as below where below.parent_id = c.id)
      order by c.id
      for update skip locked);
    exit when cardinality(emptied) = 0;
    -- Looked at again, now that nobody can put anything into them: what was read before may have been filled meanwhile.
    delete from category as c
    where c.id = any(emptied)
      and not exists (select from product as p where p.category_id = c.id offset 0)
      and not exists (select from product as p where p.further_category_ids @> array[c.id] offset 0)
      and not exists (select from category as below where below.parent_id = c.id);
    get diagnostics deleted = row_count;
    exit when deleted = 0;
    pruned := pruned + deleted;
  end loop;
  return pruned;
end
$$;
comment on function prune_categories is 'Deletes categories without a product in them or below. Waits for nobody. Returns how many there were.';

-- What a foreign key is to one column, for a list: a product's further categories exist. As a foreign key does, whoever writes a product holds them until its transaction ends.

create or replace function further_categories_exist() returns trigger
language plpgsql as $$
begin
  perform from category where id = any(new.further_category_ids) order by id for key share;
  if (select count(*) from category where id = any(new.further_category_ids)) < cardinality(new.further_category_ids) then
    raise foreign_key_violation using constraint = 'product_further_category_ids_fkey', table = 'product',
      message = 'insert or update on table "product" violates foreign key constraint "product_further_category_ids_fkey"',
      detail = format('Not all of (further_category_ids)=(%s) are present in table "category", each once.', new.further_category_ids);
  end if;
  return null;
end
$$;
comment on function further_categories_exist is 'Trigger of product: refuses further categories that do not exist, and one that is named twice.';

create or replace function category_is_not_needed() returns trigger
language plpgsql as $$
begin
  if exists (select from product where further_category_ids @> array[old.id]) then
    raise foreign_key_violation using constraint = 'product_further_category_ids_fkey', table = 'category',
      message = 'update or delete on table "category" violates foreign key constraint "product_further_category_ids_fkey" on table "product"',
      detail = format('Key (id)=(%s) is still referenced from table "product".', old.id);
  end if;
  return null;
end
$$;
comment on function category_is_not_needed is 'Trigger of category: refuses to delete one that products are in beside their main one.';
