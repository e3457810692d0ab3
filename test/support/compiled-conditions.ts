import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { all, type Conditions } from '../../src/search/filter/product-filter.ts';

const cold = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** Conditions joined by `and`, as PostgreSQL gets them: the text, then the parameters. */
export function compiledConditions(conditions: Conditions): [sql: string, ...parameters: unknown[]] {
  const { sql, parameters } = all(conditions).compile(cold);
  return [sql, ...parameters];
}
