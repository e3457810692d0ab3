import { analyze } from '../../words/analyze.ts';
import type { Analysis } from '../../words/language/open-analysis.ts';
import { nameKey, numberlessKey } from '../../words/name-key.ts';
import { type ProductTexts, productWords } from '../../words/product-words.ts';
import type { ShopWords } from '../../words/shop-words.ts';
import { nameLexeme, pairLexeme, quoteLexeme, storedKey, tsvectorText } from '../../words/stored-lexemes.ts';
import { foldText } from '../../words/text/fold.ts';
import type { TokenKind } from '../../words/token.ts';

/** The columns of `product` that are made of its texts. */
export interface ProductWordColumns {
  /** As PostgreSQL reads a tsvector. */
  readonly words: string;
  readonly title_key: string;
  readonly title_key_bare: string;
  readonly brand_key: string;
  /** As PostgreSQL reads a tsvector. */
  readonly title_words: string;
  readonly words_version: string;
}

/** What a product is found by, as it is stored. */
export function productWordColumns(
  { analysis, codeAttributes, version }: ShopWords,
  product: ProductTexts,
): ProductWordColumns {
  const { lexemes, pairs, keys } = productWords(analysis, product, { codeAttributes });
  const names = Object.entries(product.attributes).flatMap(([attribute, values]) =>
    values.flatMap((value) => nameLexeme(nameKey(value), attribute) ?? []),
  );
  return {
    words: tsvectorText(lexemes, new Set([...pairs.map(pairLexeme), ...names])),
    title_key: storedKey(keys.title),
    title_key_bare: storedKey(keys.titleWithoutBrand),
    brand_key: storedKey(keys.brand),
    title_words: nameWords(analysis, [product.title]),
    words_version: version,
  };
}

/** The columns of `category` that are made of its path. */
export interface CategoryWordColumns {
  readonly name_key: string;
  readonly numberless_key: string;
  /** As PostgreSQL reads a tsvector. */
  readonly words: string;
  readonly words_version: string;
}

/** @param path - names from the top down */
export function categoryWordColumns({ analysis, version }: ShopWords, path: readonly string[]): CategoryWordColumns {
  const name = path.at(-1) ?? '';
  return {
    name_key: storedKey(nameKey(name)),
    numberless_key: storedKey(numberlessKey(analysis, foldText(name))),
    words: nameWords(analysis, path),
    words_version: version,
  };
}

/** What completions find a brand by. */
export interface BrandWords {
  readonly brand: string;
  readonly key: string;
  readonly words: string;
}

export function brandWords({ analysis }: ShopWords, brand: string): BrandWords {
  return { brand, key: storedKey(nameKey(brand)), words: nameWords(analysis, [brand]) };
}

/** Kinds whose lexemes are no letters that anybody begins to type. */
const SIGNED: ReadonlySet<TokenKind> = new Set(['QUANTITY', 'DIMENSION', 'CODE']);

/** The written words of names, each once, as PostgreSQL reads a tsvector: beginnings of them are looked for, so there are no stems. */
function nameWords(analysis: Analysis, names: readonly string[]): string {
  const forms = names.flatMap((name) =>
    analyze(analysis, name).flatMap(({ kind, form }) => (SIGNED.has(kind) ? [] : [form])),
  );
  return [...new Set(forms)].map(quoteLexeme).join(' ');
}
