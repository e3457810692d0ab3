import { type Kysely, sql } from 'kysely';
import type { Database } from '../src/database/tables.ts';

interface Relation {
  readonly oid: number;
  readonly name: string;
  readonly kind: string;
  readonly unlogged: boolean;
  readonly options: string[] | null;
  readonly comment: string | null;
  readonly definition: string | null;
}

interface Column {
  readonly relation: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: string | null;
  readonly generated: boolean;
  readonly comment: string | null;
}

/** A constraint, an index or a trigger: a statement of its own, or part of one. */
interface Part {
  readonly relation: number;
  readonly name: string;
  readonly definition: string;
}

/**
 * Lists what migrations and sql/functions made, as the live catalogue tells it: tables, columns, constraints, indexes, views, functions, triggers, comments.
 * In the order of names, so that only a change of the schema changes it.
 */
export async function listSchema(db: Kysely<Database>): Promise<string> {
  const [relations, columns, constraints, indexes, triggers, functions, extensions] = [
    await readRelations(db),
    await readColumns(db),
    await readConstraints(db),
    await readIndexes(db),
    await readTriggers(db),
    await readFunctions(db),
    await readExtensions(db),
  ];
  const of = <T extends { relation: number }>(parts: readonly T[], relation: Relation) =>
    parts.filter((part) => part.relation === relation.oid);
  const sections = [
    extensions.map((name) => `create extension ${name};`).join('\n'),
    ...relations.map((relation) =>
      [
        relation.definition === null
          ? tableStatement(relation, of(columns, relation), of(constraints, relation))
          : `create view ${relation.name} as\n${relation.definition.trim()}`,
        ...of(indexes, relation).map(({ definition }) => `${definition};`),
        ...of(triggers, relation).map(({ definition }) => `${definition};`),
        comment(`${relation.definition === null ? 'table' : 'view'} ${relation.name}`, relation.comment),
        ...of(columns, relation).map((column) => comment(`column ${relation.name}.${column.name}`, column.comment)),
      ]
        .filter((statement) => statement !== '')
        .join('\n'),
    ),
    ...functions.map(({ definition, name, comment: text }) =>
      [`${definition.trim()};`, comment(`function ${name}`, text)].filter((statement) => statement !== '').join('\n'),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function tableStatement(relation: Relation, columns: readonly Column[], constraints: readonly Part[]): string {
  const lines = [
    ...columns.map((column) => {
      const value = column.default ?? '';
      const defaulted = column.generated ? `generated always as (${value}) stored` : value && `default ${value}`;
      return [column.name, column.type, column.required ? 'not null' : '', defaulted]
        .filter((word) => word !== '')
        .join(' ');
    }),
    ...constraints.map(({ name, definition }) => `constraint ${name} ${definition}`),
  ];
  const options = relation.options === null ? '' : ` with (${relation.options.join(', ')})`;
  const create = relation.unlogged ? 'create unlogged table' : 'create table';
  return `${create} ${relation.name} (\n  ${lines.join(',\n  ')}\n)${options};`;
}

function comment(object: string, text: string | null): string {
  return text === null ? '' : `comment on ${object} is '${text.replaceAll("'", "''")}';`;
}

/** Tables and views of ours: not those of extensions, nor the migrator's own. */
async function readRelations(db: Kysely<Database>): Promise<Relation[]> {
  const { rows } = await sql<Relation>`
    select c.oid::integer, c.oid::regclass::text as name, c.relkind as kind, c.relpersistence = 'u' as unlogged, c.reloptions as options,
      obj_description(c.oid, 'pg_class') as comment,
      case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid, true) end as definition
    from pg_class c
    where c.relkind in ('r', 'p', 'v', 'm')
      and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
      and c.relname !~ '^kysely_'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relkind in ('v', 'm'), c.oid::regclass::text collate "C"`.execute(db);
  return rows;
}

async function readColumns(db: Kysely<Database>): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select a.attrelid::integer as relation, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull as required, a.attgenerated <> '' as generated, pg_get_expr(d.adbin, d.adrelid) as default,
      col_description(a.attrelid, a.attnum) as comment
    from pg_attribute a
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped
    order by a.attrelid, a.attnum`.execute(db);
  return rows;
}

async function readConstraints(db: Kysely<Database>): Promise<Part[]> {
  // 'n' are the not null constraints, which PostgreSQL 18 names; the columns say so already.
  const { rows } = await sql<Part>`
    select conrelid::integer as relation, conname as name, pg_get_constraintdef(oid, true) as definition
    from pg_constraint
    where conrelid <> 0 and contype <> 'n'
    order by contype = 'p' desc, conname collate "C"`.execute(db);
  return rows;
}

/** Indexes that no constraint makes. */
async function readIndexes(db: Kysely<Database>): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select i.indrelid::integer as relation, c.relname as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    where not exists (select from pg_constraint where conindid = i.indexrelid)
    order by c.relname collate "C"`.execute(db);
  return rows;
}

async function readTriggers(db: Kysely<Database>): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select tgrelid::integer as relation, tgname as name, pg_get_triggerdef(oid, true) as definition
    from pg_trigger
    where not tgisinternal
    order by tgname collate "C"`.execute(db);
  return rows;
}

async function readFunctions(db: Kysely<Database>): Promise<(Omit<Part, 'relation'> & { comment: string | null })[]> {
  const { rows } = await sql<{ name: string; definition: string; comment: string | null }>`
    select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition, obj_description(p.oid, 'pg_proc') as comment
    from pg_proc p
    where p.pronamespace::regnamespace::text !~ '^(pg_|information_schema)'
      and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    order by 1`.execute(db);
  return rows;
}

async function readExtensions(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select extname as name from pg_extension where extname <> 'plpgsql' order by extname collate "C"`.execute(db);
  return rows.map(({ name }) => name);
}
