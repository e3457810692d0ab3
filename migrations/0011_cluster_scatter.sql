-- How vectors lie in their clusters depends on the model: measured when sketches are made. Time: none.
-- Undo: drop the column.

alter table embedding_model add column cluster_scatter jsonb;
comment on column embedding_model.cluster_scatter is 'How its vectors scatter in their clusters, measured when the sketches were made: {"beside": ..., "along": ...}; src/database/cluster-scatter.ts says of what.';
comment on column embedding_model.scan_costs is 'Microseconds that ways to compare take for each row on this database, measured when the sketches were made: {"hnsw": ..., "probed": ..., "gathered": ..., "compared": ..., "read": ..., "listed": ..., "listedAttribute": ...}.';
