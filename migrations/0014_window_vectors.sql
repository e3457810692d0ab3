-- Frozen results keep their query's vectors as base64 now, a quarter of their length as numbers in JSON. Results from before cannot be read on: their cursors are stale, as
-- they would be within an hour. Time: none. Undo: none needed.

delete from search_window;
comment on column search_window.query is 'The query''s vectors (base64 of single-precision numbers), words and calibration, so that later pages rank as the first one did; null where the filter was browsed.';
