-- Which products are compared by their text: those that have no vector of a picture (docs/decisions/0009-pictureless.md).

create or replace function text_is_pictureless() returns trigger
language plpgsql as $$
begin
  execute format('select not exists (select from %I where product_id = $1)', tg_argv[0]) into new.pictureless using new.product_id;
  return new;
end
$$;
comment on function text_is_pictureless is 'Trigger before a text''s vector is inserted. Argument: the model''s table of pictures.';

create or replace function pictures_changed() returns trigger
language plpgsql as $$
begin
  -- Locked first, and looked at in a statement of its own: of two that delete a picture of one product each, the later one sees what the earlier left.
  if tg_op = 'DELETE' then
    execute format('select from %I where product_id in (select product_id from changed) order by product_id for no key update', tg_argv[1]);
  end if;
  -- Only rows that change are written: the text of a product with another picture stays as it is.
  execute format(
    'update %2$I as t set pictureless = not t.pictureless
     where t.product_id in (select product_id from changed)
       and t.pictureless = exists (select from %1$I as e where e.product_id = t.product_id)',
    tg_argv[0], tg_argv[1]);
  return null;
end
$$;
comment on function pictures_changed is 'Trigger after vectors of pictures were inserted or deleted. Arguments: the model''s tables of pictures and texts.';
