-- Pictures in step with their addresses, and pictures that are no look: blank ones and placeholders. Time: a look at each row of product_image. Undo: drop the table, the two columns and the
-- three indexes, set what is IGNORED to FAILED, and put the two checks of 0001 back.

create table picture_source (
  id uuid constraint picture_source_pkey primary key,
  source text not null,
  version text,
  content_hash text,
  width integer,
  height integer,
  asked_at timestamptz not null,
  failure text,
  failures integer not null default 0,
  ask_again_at timestamptz
);
comment on table picture_source is 'What was found at each web address that pictures come from, so that an import asks only whether it has changed.';
comment on column picture_source.id is 'Name-based UUID (version 5) of the address.';
comment on column picture_source.source is 'The address, as in product_image.source.';
comment on column picture_source.version is 'What the server calls this version: its ETag, else Last-Modified; null where it says neither, so that the bytes are compared.';
comment on column picture_source.content_hash is 'SHA-256 (hex) of the bytes last found; null where no picture ever was.';
comment on column picture_source.width is 'Of that picture, in pixels, upright.';
comment on column picture_source.height is 'Of that picture, in pixels, upright.';
comment on column picture_source.asked_at is 'When the server last answered.';
comment on column picture_source.failure is 'What it answered in place of a picture, the last time; null where it gave one.';
comment on column picture_source.failures is 'How often in a row it gave none.';
comment on column picture_source.ask_again_at is 'Not asked before, after failures; null without.';

alter table product_image
  add column note text,
  add column margin real,
  drop constraint product_image_state_check,
  drop constraint product_image_failure_check,
  add constraint product_image_state_check check (state in ('PENDING', 'READY', 'FAILED', 'IGNORED')),
  add constraint product_image_failure_check check ((state in ('FAILED', 'IGNORED')) = (failure is not null));
create index product_image_web_idx on product_image (product_id, id) where source like 'http%';
create index product_image_source_idx on product_image using hash (source) where source like 'http%';
create index product_image_ignored_idx on product_image (content_hash) where state = 'IGNORED';

comment on column product_image.state is 'PENDING (waits to be fetched or embedded), READY (searchable with the active model), FAILED (could not be fetched or read) or IGNORED (shown, but no look of its product: blank, or a placeholder).';
comment on column product_image.failure is 'Why it FAILED or is IGNORED; null otherwise.';
comment on column product_image.margin is 'Plain ground around what it shows, on the side where there is least, as a share of that side: 0 to 0.5; null until it was looked at.';
comment on column product_image.note is 'What is not as it should be of a picture that was taken all the same; null for nothing.';
