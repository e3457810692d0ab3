import { describe, expect, it } from 'vitest';
import { createStatementNames } from '../../../src/database/statement-names.ts';

const often = 5;
const MARK = '/* planned once */';

describe('names of statements', () => {
  it('names a text from its fifth time on, and always the same', () => {
    const nameOf = createStatementNames();
    const names = Array.from({ length: often + 2 }, () => nameOf(`${MARK} select $1`));
    expect(names.slice(0, often - 1)).toEqual(Array(often - 1).fill(undefined));
    expect(names.at(-1)).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(names.slice(often - 1)).size).toBe(1);
  });

  it('names none that is not marked: it is planned for its values', () => {
    const nameOf = createStatementNames();
    expect(Array.from({ length: often + 2 }, () => nameOf('select $1'))).toEqual(Array(often + 2).fill(undefined));
  });

  it('gives two texts two names', () => {
    const nameOf = createStatementNames();
    const named = (text: string) => Array.from({ length: often }, () => nameOf(text)).at(-1);
    expect(named(`${MARK} select $1`)).not.toBe(named(`${MARK} select $1, $2`));
  });

  it('names 200 texts and no more, so that connections do not fill up', () => {
    const nameOf = createStatementNames();
    const texts = Array.from({ length: 300 }, (_, number) => `${MARK} select $1 + ${number}`);
    for (let time = 0; time < often; time++) texts.map(nameOf);
    expect(texts.map(nameOf).filter((name) => name !== undefined)).toHaveLength(200);
  });

  it('forgets texts that come once, however many, and still names one that comes often', () => {
    const nameOf = createStatementNames();
    for (let number = 0; number < 10_000; number++) nameOf(`${MARK} select $1 + ${number}`);
    expect(Array.from({ length: often }, () => nameOf(`${MARK} select $1`)).at(-1)).toBeDefined();
  });
});
