import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AVAILABILITIES, PRODUCT_SORTS, SEARCH_STRATEGIES } from '../../../src/database/closed-sets.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** The strings that a check of a table lists. */
async function valuesOfCheck(constraint: string): Promise<string[]> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_constraintdef(oid) as definition from pg_constraint
    where conname = ${constraint} and connamespace = 'public'::regnamespace`.execute(database.db);
  return Array.from((rows[0]?.definition ?? '').matchAll(/'(\w+)'/g), ([, value]) => value ?? '');
}

it.each([
  ['product_availability_check', AVAILABILITIES],
  ['search_sort_check', PRODUCT_SORTS],
  ['search_strategy_check', SEARCH_STRATEGIES],
  ['search_window_strategy_check', SEARCH_STRATEGIES],
])('%s allows what the program knows, no more and no less', async (constraint, values) => {
  expect((await valuesOfCheck(constraint)).toSorted()).toEqual([...values].toSorted());
});
