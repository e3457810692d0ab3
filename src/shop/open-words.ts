import type { Config } from '../config.ts';
import type { OpenDatabase } from '../database/database.ts';
import { databaseVocabulary } from '../search/query/database-vocabulary.ts';
import type { Vocabulary } from '../words/query/vocabulary.ts';
import { openShopWords, type ShopWords } from '../words/shop-words.ts';

/** What words are made by, and what the catalogue says of them. */
export interface OpenWords extends ShopWords {
  readonly vocabulary: Vocabulary;
}

/** Loads what the shop's languages need, and asks its database for words. @param db - migrated */
export async function openWords(
  db: OpenDatabase['db'],
  settings: Pick<Config, 'languages' | 'codeAttributes'>,
): Promise<OpenWords> {
  return { ...(await openShopWords(settings)), vocabulary: await databaseVocabulary(db) };
}
