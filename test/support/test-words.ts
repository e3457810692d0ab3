import type { Kysely } from 'kysely';
import { analyzeWaiting, foldWords } from '../../src/catalog/words/analyze-words.ts';
import type { Database } from '../../src/database/tables.ts';
import { openShopWords, type ShopWords } from '../../src/words/shop-words.ts';

let english: Promise<ShopWords> | undefined;

/** What words are made by where a test says nothing of languages. */
export function testWords(): Promise<ShopWords> {
  english ??= openShopWords({ languages: ['en'], codeAttributes: [] });
  return english;
}

/** Makes the words of products that a test has put in by SQL. @returns how many there were */
export async function refreshWords(db: Kysely<Database>): Promise<number> {
  const analyzed = await analyzeWaiting({ db, words: await testWords() });
  await foldWords(db);
  return analyzed;
}
