import { describe, expect, it } from 'vitest';
import { foldText, foldWithOrigins } from '../../../src/words/text/fold.ts';
import { createRandom } from '../../support/words/random-text.ts';

describe('folding', () => {
  it.each([
    ['İSTANBUL ısıtıcı', 'istanbul isitici'],
    ['Weißwurst STRASSE GROẞ', 'weisswurst strasse gross'],
    ['ΟΔΥΣΣΕΎΣ οδυσσεύς', 'οδυσσευσ οδυσσευσ'],
    ['Pêche Ångström Žlutý', 'peche angstrom zluty'],
    ['Dąbrowa Kraków Łęczna', 'dabrowa krakow leczna'],
    ['Blåbærgrød Cœur Þórr Ðe Đakovo', 'blabaergrod coeur thorr de dakovo'],
    ['e\u0301cole', 'ecole'],
  ])('takes ornaments off Latin and Greek: %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it.each([
    ['ガラス', 'ガラス'],
    ['ｶﾞﾗｽ ﾊﾟﾝ', 'ガラス パン'],
    ['Чайник жёлтый', 'чайник желтый'],
    ['किताब क़लम', 'किताब क\u093cलम'],
    ['น้ำผึ้ง', 'น\u0e49ําผึ้ง'.normalize('NFKC').toLowerCase()],
    ['Її ґанок', 'її ґанок'],
  ])('keeps marks that are letters: %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it.each([
    ['ＰＲ－９', 'pr-9'],
    ['㎏ ㎜ ½', 'kg mm 1/2'],
    ['2½', '2 1/2'],
    ['٢٥٠ ۳ ५', '250 3 5'],
    ['5′ 7″', '5\' 7"'],
    ['Qurānᵀᴹ Brand™ A®', 'quran'.concat('tm brand a')],
    ['so\u00adft\u200bware', 'software'],
    ['‘a’ “b” c–d', '\'a\' "b" c-d'],
  ])('brings widths, digits and signs to one form: %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it.each([
    ['كِتَابٌ', 'كتاب'],
    ['مكتبة إلى آخر', 'مكتبه الي اخر'],
    ['کتاب', 'كتاب'],
    ['שָׁלוֹם צה״ל', 'שלום צהל'],
  ])('spells Arabic and Hebrew one way: %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('changes nothing the second time, and says where each letter comes from', () => {
    const random = createRandom(7);
    for (let i = 0; i < 2000; i += 1) {
      const text = random.text();
      const folded = foldText(text);
      expect(foldText(folded)).toBe(folded);
      const { text: withOrigins, origins } = foldWithOrigins(text);
      expect(withOrigins).toBe(folded);
      expect(origins).toHaveLength(folded.length + 1);
      expect(origins.toSorted((a, b) => a - b)).toEqual([...origins]);
    }
  });
});
