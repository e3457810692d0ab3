-- The price before a sale in a column of its own, so that a shop shows it and finds what is on sale. Until now feeds made an attribute of it (price_before); those that are there
-- move. No table of sketches has it: products are looked up by it. Time: writes every product anew, some 20 seconds for 100,000. Undo: put it back among the
-- attributes, drop the columns.

alter table product add column compare_at_amount numeric
  constraint product_compare_at_amount_check check (compare_at_amount is null or (compare_at_amount >= 0 and price_amount is not null));

update product set attributes = attributes - 'price_before',
  compare_at_amount = case
    when attributes -> 'price_before' ->> 0 ~ '^[0-9]{1,14}(\.[0-9]{1,4})?$' and price_amount is not null then (attributes -> 'price_before' ->> 0)::numeric
  end
where jsonb_typeof(attributes -> 'price_before') = 'array';

-- Made of the two amounts alone: an update of prices stays HOT unless a sale begins or ends.
alter table product add column on_sale boolean not null generated always as (coalesce(compare_at_amount > price_amount, false)) stored;
create index product_on_sale_idx on product (id) where on_sale;

comment on column product.compare_at_amount is 'What it cost before, or elsewhere, in price_currency; null where the shop does not say.';
comment on column product.on_sale is 'Whether it costs less than that now.';
