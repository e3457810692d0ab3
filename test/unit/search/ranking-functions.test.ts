import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { executed, standIns } from '../../../scripts/function-template.ts';
import { RANKING_FUNCTIONS, rankingFunctions } from '../../../scripts/ranking-functions.ts';

describe('the search as functions', () => {
  it('is what the statements of src/search make of it', () => {
    const committed = readFileSync(new URL(`../../../${RANKING_FUNCTIONS}`, import.meta.url), 'utf8');
    expect(committed, 'run `npm run sql`').toBe(rankingFunctions());
  });

  it('has the variables of the function in the place of values, each once, and tables and vectors in the text', () => {
    const values = standIns();
    const least = values.number('least');
    const statement = sql`select ${least}::float8, ${values.text('written')}, ${least} from ${sql.table('image_table')} where ${JSON.stringify([...values.vector('%3$L')])} = 'x'`;
    expect(executed(statement, values, ['model.image_table'])).toBe(
      "format($statement$select $1::float8, $2, $1 from %1$I where %3$L = 'x'\n$statement$, model.image_table)\nusing least, written",
    );
  });

  it('refuses a value that no variable of the function stands for', () => {
    expect(() => executed(sql`select ${42}`, standIns(), [])).toThrow('expected only stand-ins');
    expect(() => executed(sql`select 5 % 2`, standIns(), [])).toThrow('without %');
  });
});
