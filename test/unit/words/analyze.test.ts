import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/words/analyze.ts';
import { openAnalysis } from '../../../src/words/language/open-analysis.ts';

const english = await openAnalysis({ languages: ['en'] });

/** `position:lexemes` of the kinds asked for. */
function tokens(text: string, kinds: string, analysis = english): string {
  return analyze(analysis, text)
    .filter(({ kind }) => kinds.split(' ').includes(kind))
    .map(({ position, span, form, also }) => `${position}${span > 1 ? `+${span}` : ''}:${[form, ...also].join('|')}`)
    .join(' ');
}

describe('words', () => {
  it('are stored as written and by their stem', () => {
    expect(tokens('Folding Chairs', 'WORD')).toBe('0:folding|~fold 1:chairs|~chair');
  });

  it('have the stems of several languages', async () => {
    const analysis = await openAnalysis({ languages: ['de', 'fr'] });
    expect(tokens('Stühle chaises', 'WORD', analysis)).toBe('0:stuhle|~stuhl 1:chaises|~chais');
  });

  it.each([
    ['Pop-Up', '0:pop 1:up', '0+2:popup'],
    ['on/off', '0:on 1:off', '0+2:onoff'],
    ['A.Larnwick', '0:a 1:larnwick', '0+2:alarnwick'],
  ])('that are joined by a sign are found apart and together: %s', (text, words, joins) => {
    expect(tokens(text, 'WORD')).toBe(words);
    expect(tokens(text, 'JOIN')).toBe(joins);
  });

  it.each([
    ['Farmer’s', '0:farmer', '0:farmers|~farmer'],
    ["L'Ombre", '0:ombre|~ombr', '0:lombre|~lombr'],
    ['O’Brien', '0:brien', '0:obrien'],
  ])('are found with and without what an apostrophe divides: %s', (text, words, joins) => {
    expect(tokens(text, 'WORD')).toBe(words);
    expect(tokens(text, 'JOIN')).toBe(joins);
  });

  it.each([
    ['Z++ and Z#', '0:z++ 1:and 2:z#'],
    ['.ORG', '0:.org'],
    ['Streamy+', '0:streamy+'],
    ['J&L', '0:j 1:& 2:l'],
    ['salt & pepper', '0:salt 1:& 2:pepper'],
    ['#1 best', '0:1 1:best'],
    ['end. Next', '0:end 1:next'],
  ])('keep signs that are part of a name: %s', (text, words) => {
    expect(tokens(text, 'WORD')).toBe(words);
  });

  it('keep names of the shop whole', async () => {
    const analysis = await openAnalysis({ languages: ['en'], names: ['K$SH', 'p!ng'] });
    expect(tokens('k$sh hat by P!NG', 'WORD', analysis)).toBe('0:k$sh 1:hat 2:by 3:p!ng');
  });

  it('come without markup and entities', () => {
    expect(tokens('<p class="a">Oak&nbsp;&amp; ash</p>', 'WORD')).toBe('0:oak 1:& 2:ash');
    expect(tokens('5 < 6 > 4', 'WORD')).toBe('0:5 1:6 2:4');
  });
});

describe('letters and digits', () => {
  it('are stored together and apart', () => {
    expect(tokens('Zebra90', 'WORD PART CODE')).toBe('0:#zebra90 0:zebra 0:90 0:zebra90');
  });

  it('are a code without separators, and by what stands behind each', () => {
    expect(tokens('MX-4410/BK', 'CODE')).toBe('0:#mx4410bk 0:#4410bk');
  });
});

describe('quantities', () => {
  it.each([
    ['2,5 kg', '=2500g'],
    ['2.5kg', '=2500g'],
    ['0.75 L', '=750ml'],
    ['1,200 g', '=1200g|=1.2g'],
    ['32"', '=813mm'],
    ['81.3 cm', '=813mm'],
    ['3/4 inch', '=19.1mm'],
    ['2 TB', '=2000gb'],
    ['4x250ml', '=250ml 0:=1000ml'],
    ['30 x 40 cm', '=300mm 0:=400mm'],
    ['230 V', '=230v'],
    ['16 fl. oz', '=473ml'],
    ['80 %', '=80%'],
    ['500 克', '=500g'],
  ])('%s is %s', (text, amount) => {
    expect(tokens(text, 'QUANTITY').replaceAll(/\+2/g, '')).toBe(`0:${amount}`);
  });

  it.each(['3-in-1', '2 in 1 hub', 'KX-12 m', 'a5-g', 'area 51'])('are not seen in %s', (text) => {
    expect(tokens(text, 'QUANTITY')).toBe('');
  });

  it('leave words that are units only sometimes words', () => {
    expect(tokens('8 in black', 'WORD')).toBe('0:8 1:in 2:black');
  });
});

describe('text without blanks', () => {
  it('has a place for each Chinese character, and each two neighbours', () => {
    expect(tokens('羊毛大衣', 'GRAM')).toBe('0:羊 0+2:羊毛 1:毛 1+2:毛大 2:大 2+2:大衣 3:衣');
  });

  // What ICU cuts differs between versions of Node; these hold in 20.
  it('is cut by the segmenter in Thai', () => {
    expect(tokens('กระเป๋าหนัง', 'WORD')).toBe('0:กระเป๋า 1:หนัง');
  });

  it('is cut where the script changes', () => {
    expect(tokens('LEDライト', 'WORD JOIN')).toContain('0:led');
    expect(tokens('LEDライト', 'JOIN')).toContain('ライト');
  });

  it('is analysed in bounded time however long it is', () => {
    expect(analyze(english, '漢字かな'.repeat(5000)).length).toBeGreaterThan(20_000);
  });
});

describe('Arabic and Hebrew words', () => {
  it('are found without their articles', () => {
    expect(tokens('والحقيبة', 'WORD')).toBe('0:والحقيبه|~حقيبه');
    expect(tokens('הנעליים', 'WORD')).toBe('0:הנעליים|~נעליים');
  });
});
