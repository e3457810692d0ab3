import { shopItems } from '../demo/demo-products.ts';
import { analyze } from '../src/words/analyze.ts';
import type { Language } from '../src/words/language/languages.ts';
import { openAnalysis } from '../src/words/language/open-analysis.ts';
import { type ProductTexts, productWords } from '../src/words/product-words.ts';
import { type Benchmark, rounded } from './benchmark.ts';

/** Of each, unless --queries says otherwise; the fastest counts. */
const TURNS = 5;
const MEGABYTE = 1_000_000;

/** About a megabyte of each kind of text. */
const TEXTS: readonly {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly line: (n: number) => string;
}[] = [
  { name: 'English titles', languages: ['en'], line: titleOf },
  { name: 'English titles, five languages', languages: ['en', 'de', 'fr', 'es', 'it'], line: titleOf },
  {
    name: 'descriptions with amounts, codes and signs',
    languages: ['en'],
    line: (n) => `T-shirt's 500 g, 10 x ${n % 90} cm, model KX-${n}/B & 3,5 mm; <b>H&amp;M</b> look, wi-fi 16GB.`,
  },
  {
    name: 'French with accents',
    languages: ['fr'],
    line: (n) => `Théière émaillée à décor d'été, crème brûlée n° ${n}, très légère`,
  },
  { name: 'Russian', languages: ['ru'], line: (n) => `Шерстяной шарф тёмно-синий номер ${n} для мужчин и женщин` },
  { name: 'Chinese', languages: ['en'], line: (n) => `黑色羊毛大衣女款冬季加厚长款外套第${n}号` },
  { name: 'Thai', languages: ['en'], line: (n) => `กระเป๋าหนังสีน้ำตาลสำหรับผู้หญิงรุ่น ${n}` },
];

let titles: readonly string[] | undefined;

function titleOf(n: number): string {
  titles ??= shopItems().map(({ product }) => `${product.title}. ${product.description}`);
  return titles[n % titles.length] ?? '';
}

export const benchmark: Benchmark = {
  question: 'How much text a second does the analyzer take apart, by kind of text, and how many products?',
  async run({ queries: turns = TURNS, say }) {
    const rows = [];
    for (const { name, languages, line } of TEXTS) {
      say(name);
      const analysis = await openAnalysis({ languages });
      const lines = linesOf(line);
      const bytes = lines.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      let tokens = 0;
      const ms = fastest(turns, () => {
        tokens = lines.reduce((sum, text) => sum + analyze(analysis, text).length, 0);
      });
      rows.push({ text: name, 'MB/s': rounded(bytes / 1000 / ms), 'tokens a KB': rounded((tokens / bytes) * 1000) });
    }
    say('products');
    const analysis = await openAnalysis({ languages: ['en'] });
    const products = shopItems().map(
      ({ product }): ProductTexts => ({
        codes: [product.id],
        title: product.title,
        brand: product.brand,
        category: product.productType.split(' > '),
        attributes: { color: [product.color], material: [product.material] },
        description: product.description,
      }),
    ); // prettier-ignore
    const ms = fastest(turns, () => {
      for (const product of products) productWords(analysis, product);
    });
    return {
      setting: { turns, 'ms a product of the demo shop': Math.round((ms / products.length) * 1000) / 1000 },
      rows,
    };
  },
};

function linesOf(line: (n: number) => string): string[] {
  const lines: string[] = [];
  for (let n = 0, bytes = 0; bytes < MEGABYTE; n += 1) {
    const text = line(n);
    lines.push(text);
    bytes += Buffer.byteLength(text);
  }
  return lines;
}

/** @returns processor milliseconds of the fastest turn: other work on the machine does not count */
function fastest(turns: number, work: () => void): number {
  const times = Array.from({ length: turns }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
