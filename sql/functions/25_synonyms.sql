-- Tells servers that synonyms have changed.

create or replace function synonyms_changed() returns trigger
language plpgsql as $$
begin
  update synonym_version set version = version + 1;
  return null;
end
$$;
comment on function synonyms_changed is 'Counts changes of synonyms, by which servers know that they have to read them again.';
