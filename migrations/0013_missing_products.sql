-- How many products of the shop an import's feed did not have, and what became of them. Time: none. Undo: drop the columns.

alter table import
  add column products_missing integer,
  add column products_deleted integer not null default 0,
  add column products_expired integer not null default 0;

comment on column import.products_missing is 'Products that were in the shop when it began and that its feed does not have; null until the feed was read to its end, and for imports from before this column.';
comment on column import.products_deleted is 'Of these, those that were deleted (--delete-missing).';
comment on column import.products_expired is 'Of these, those that it set to OUT_OF_STOCK (--expire-missing).';
comment on column product.content_hash is 'SHA-256 of everything the shop said of it; the same again changes nothing. expired: an import set it to OUT_OF_STOCK because its feed did not have it; whatever a feed says next is a change.';
