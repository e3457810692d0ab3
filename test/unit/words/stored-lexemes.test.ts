import { describe, expect, it } from 'vitest';
import { nameLexeme, pairLexeme, quoteLexeme, storedKey, tsvectorText } from '../../../src/words/stored-lexemes.ts';

const at = (...places: number[]) => places.map((place) => ({ place, weight: 'A' as const }));

describe('tsvectorText', () => {
  it('writes lexemes with places and weights, and plain ones in front', () => {
    const lexemes = new Map([
      [
        'red',
        [
          { place: 1, weight: 'A' as const },
          { place: 7, weight: 'D' as const },
        ],
      ],
      ['~shoe', at(2)],
    ]);
    expect(tsvectorText(lexemes, [pairLexeme(['red', 'shoe'])])).toBe("'+red shoe' 'red':1A,7D '~shoe':2A");
  });

  it('keeps quotes, backslashes and letters of any script, and drops halves of letters', () => {
    expect(quoteLexeme("d'or")).toBe("'d''or'");
    expect(quoteLexeme('a\\b')).toBe("'a\\\\b'");
    expect(quoteLexeme('𠮷野')).toBe("'𠮷野'");
    expect(quoteLexeme(`x${'𠮷'.slice(0, 1)}`)).toBe("'x'");
  });

  it("stays within PostgreSQL's limits: 255 places of a lexeme, 1 MiB of all", () => {
    const often = tsvectorText(new Map([['wear', at(...Array.from({ length: 400 }, (_, i) => i + 1))]]), []);
    expect(often.split(',')).toHaveLength(255);
    const many = new Map(Array.from({ length: 200_000 }, (_, i) => [`漢字${i}`, at(i + 1)] as const));
    expect(Buffer.byteLength(tsvectorText(many, []).replaceAll(/'/g, ''))).toBeLessThan(1_048_576);
    expect(tsvectorText(many, [])).toContain("'漢字0':1A");
  });
});

describe('keys', () => {
  it('are cut at 200 letters, and never through one', () => {
    expect(storedKey('x'.repeat(300))).toBe('x'.repeat(200));
    expect(storedKey(`${'x'.repeat(199)}𠮷`)).toBe('x'.repeat(199));
  });

  it('name values of attributes, but no sentences', () => {
    expect(nameLexeme('navyblue', 'color')).toBe('@navyblue=color');
    expect(nameLexeme('', 'color')).toBeUndefined();
    expect(nameLexeme('x'.repeat(101), 'note')).toBeUndefined();
  });
});
