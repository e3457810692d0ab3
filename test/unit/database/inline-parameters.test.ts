import { describe, expect, it } from 'vitest';
import { inlineParameters } from '../../../src/database/inline-parameters.ts';

const inline = (sql: string, ...parameters: unknown[]) => inlineParameters({ sql, parameters });

describe('inlineParameters', () => {
  it('writes each value as PostgreSQL reads it', () => {
    const date = new Date(Date.UTC(2026, 0, 2));
    expect(inline('$1 $2 $3 $4 $5 $6', 'a', 1.5, true, null, undefined, date)).toBe(
      "'a' 1.5 true null null '2026-01-02T00:00:00.000Z'",
    );
    expect(inline('= any($1::text[]) or $2', ['a', "b'"], [])).toBe("= any(array['a', 'b''']::text[]) or '{}'");
  });

  it('escapes what would end a text', () => {
    expect(inline('x = $1', "D'Or'); drop table product; --")).toBe("x = 'D''Or''); drop table product; --'");
    expect(inline('x = $1', 'back\\slash')).toBe("x =  E'back\\\\slash'");
  });

  it('tells $1 from $10, and takes no value for a parameter', () => {
    const values = Array.from({ length: 10 }, (_, n) => `v${n + 1}`);
    expect(inline('$10 $1', ...values)).toBe("'v10' 'v1'");
    expect(inline('$1 $2', '$2', 'b')).toBe("'$2' 'b'");
  });

  it('leaves vectors out, each under a name of its own, named in the first lines', () => {
    expect(inline('select $1 <=> $2, $1', '[0.1,-2e-05]', '[1,0,0]')).toBe(
      [
        "-- \\set query_vector '[...]' -- 2 numbers, left out here",
        "-- \\set query_vector_2 '[...]' -- 3 numbers, left out here",
        "select :'query_vector' <=> :'query_vector_2', :'query_vector'",
      ].join('\n'),
    );
  });

  it('gives vectors to psql where they are wanted in full', () => {
    const statement = { sql: 'select $1 <=> $2', parameters: ['[0.1,-2e-05]', 'a'] };
    expect(inlineParameters(statement, { vectors: 'in full' })).toBe(
      "\\set query_vector '[0.1,-2e-05]'\nselect :'query_vector' <=> 'a'",
    );
  });

  it('takes no other text for a vector', () => {
    for (const text of ['[red]', '["1"]', '[1,2', '{"color":["Red"]}']) expect(inline('$1', text)).toBe(`'${text}'`);
  });

  it('moves the statement to the left, and no line of a value', () => {
    expect(inline('\n    select\n      $1', 'a\n    b')).toBe("select\n  'a\n    b'");
  });
});
