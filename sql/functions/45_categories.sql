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
      where not exists (select from product as p where p.category_id = c.id offset 0) and not exists (select from category as below where below.parent_id = c.id)
      order by c.id
      for update skip locked);
    exit when cardinality(emptied) = 0;
    -- Looked at again, now that nobody can put anything into them: what was read before may have been filled meanwhile.
    delete from category as c
    where c.id = any(emptied)
      and not exists (select from product as p where p.category_id = c.id offset 0) and not exists (select from category as below where below.parent_id = c.id);
    get diagnostics deleted = row_count;
    exit when deleted = 0;
    pruned := pruned + deleted;
  end loop;
  return pruned;
end
$$;
comment on function prune_categories is 'Deletes categories without a product in them or below. Waits for nobody. Returns how many there were.';
