-- What a data team reads is in a schema of its own, and a role may use that and nothing else. Its views and functions are in sql/functions (80 and 90).
-- The program keeps no table here, so it can be dropped and made again. Time: none. Undo: drop the schema and the role.

create schema analytics;
comment on schema analytics is 'For analysts: the shop''s products, vectors and searches as views that stay as they are, and the same search as in GraphQL as functions. Readable with the role lookgraph_reader.';

-- Roles belong to the whole server. Another database's migration may make it at the same moment, and whoever migrates may be no maker of roles: neither
-- is a reason to fail. Without the role everything else works; `lookgraph doctor` says that it is missing, and docs/sql.md how to add it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'lookgraph_reader') then
    create role lookgraph_reader nologin;
    comment on role lookgraph_reader is 'May read the schema analytics of Lookgraph and nothing else. Grant it to the logins of analysts.';
  end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then raise notice 'the role lookgraph_reader is missing and % may not make it', current_user;
end
$$;
