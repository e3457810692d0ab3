-- Frozen results are written by most searches and read by few: compressing their 35 kB took the database longer than all else about keeping them (1.4 ms
-- of processor, 0.6 without). Entries of before have the place of their product where new ones have whether it is out of stock: their cursors
-- are stale, as they would be within an hour. Time: none. Undo: set storage extended.

delete from search_window;
alter table search_window_part alter column entries set storage external;
alter table search_window alter column query set storage external;
comment on column search_window_part.entries is 'Its products in order, one array each: see SearchWindowEntry in src/database/tables.ts. Not compressed.';
