import { type Kysely, sql } from 'kysely';
import type { Database } from '../../src/database/tables.ts';

/** Of ours: not of PostgreSQL, nor of extensions. */
const ours = (catalogue: string, oid: string, namespace: string) =>
  sql.raw(`${namespace}::regnamespace::text in ('public', 'analytics')
    and not exists (select from pg_depend as d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`);

/** What docs/sql/schema.sql does not show of a schema: owners, privileges, storage, composite types, comments on schemas, names of not null constraints; a line each. */
export async function schemaDetails(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select format('%s %s of %s: %s', c.relkind, c.oid::regclass, c.relowner::regrole, array(select item::text from unnest(c.relacl) as item order by 1)) as line
    from pg_class as c where c.relkind <> 't' and ${ours('pg_class', 'c.oid', 'c.relnamespace')}
    union all
    select format('function %s of %s: %s', p.oid::regprocedure, p.proowner::regrole, array(select item::text from unnest(p.proacl) as item order by 1))
    from pg_proc as p where ${ours('pg_proc', 'p.oid', 'p.pronamespace')}
    union all
    select format('schema %s of %s: %s, %s', n.nspname, n.nspowner::regrole, array(select item::text from unnest(n.nspacl) as item order by 1), obj_description(n.oid, 'pg_namespace'))
    from pg_namespace as n where n.nspname = 'analytics'
    union all
    select format('column %s.%s: %s stored %s %s', c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attstorage, a.attcompression)
    from pg_attribute as a inner join pg_class as c on c.oid = a.attrelid
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'c') and ${ours('pg_class', 'c.oid', 'c.relnamespace')}
    union all
    select format('type %s: %s', t.typname, obj_description(t.oid, 'pg_type'))
    from pg_type as t where t.typtype in ('c', 'd', 'e') and ${ours('pg_type', 't.oid', 't.typnamespace')}
    union all
    select format('constraint %s of %s: %s', k.conname, k.conrelid::regclass, pg_get_constraintdef(k.oid))
    from pg_constraint as k where ${ours('pg_constraint', 'k.oid', 'k.connamespace')}
    union all
    select format('trigger %s of %s: %s', t.tgname, t.tgrelid::regclass, t.tgenabled) from pg_trigger as t where not t.tgisinternal
    union all
    select 'migration ' || name from kysely_migration
    union all
    select format('script %s: %s of %s', name, hash, program_version) from function_script
    order by 1`.execute(db);
  return rows.map(({ line }) => line);
}
