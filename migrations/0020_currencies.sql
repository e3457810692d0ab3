-- Amounts of different currencies are never compared: tables of sketches get the currency of a price beside its amount, and ranges of prices are counted for each currency. Counts of the
-- whole catalogue that take long (currencies, attributes) are kept in one row each. Pictures that failed are found by an index of them alone.
-- Time: counts the prices once; of sketches it writes the rows anew whose price is in another currency than most, or that have none. Undo: drop the columns, the table and the index, and
-- empty the name of PRICE in embedding_cluster_value.

do $$
declare
  main constant text := (select price_currency from product where price_currency is not null group by price_currency order by count(*) desc, price_currency limit 1);
  sketches text;
begin
  for sketches in select sketch_table from embedding_model where sketch_table is not null loop
    -- A constant default is kept beside the table, and no row of the main currency is written.
    execute format('alter table %I add column price_currency text default %L', sketches, main);
    execute format('alter table %I alter column price_currency drop default', sketches);
    execute format(
      'update %I as s set price_currency = p.price_currency from product as p where p.id = s.id and p.price_currency is distinct from %L', sketches, main);
    execute format('comment on column %I.price_currency is %L', sketches, 'As in product.');
  end loop;
end
$$;
comment on column embedding_cluster_value.name is 'Of the attribute; the currency of a range of prices, empty where those of all currencies were counted together; empty for other fields.';

create table catalog_count (
  name text constraint catalog_count_pkey primary key constraint catalog_count_name_check check (name in ('CURRENCIES', 'ATTRIBUTES')),
  counts jsonb not null,
  milliseconds float8 not null,
  counted_at timestamptz not null default now()
);
comment on table catalog_count is 'What was counted over all products, kept since it takes long in a large shop. Counted again when somebody asks and the catalogue may have changed since.';
comment on column catalog_count.name is 'CURRENCIES (of prices) or ATTRIBUTES.';
comment on column catalog_count.counts is 'As analytics.currency and analytics.attribute have them, the most frequent first.';
comment on column catalog_count.milliseconds is 'That counting took.';
comment on column catalog_count.counted_at is 'When.';

insert into catalog_count (name, counts, milliseconds)
select 'CURRENCIES', coalesce(json_agg(counted order by counted.products desc, counted.currency), '[]'), extract(epoch from clock_timestamp() - statement_timestamp()) * 1000
from (select price_currency as currency, count(*)::integer as products from product where price_currency is not null group by price_currency) as counted;

create index product_image_failed_idx on product_image (id) where state = 'FAILED';
