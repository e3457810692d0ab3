/** The categories that a product is in, each as names from the top down. */
export interface ProductCategories {
  /** The main one; empty: none. */
  readonly category: readonly string[];
  /** The others, none of them twice; empty without a main one. */
  readonly furtherCategories: readonly (readonly string[])[];
}

/** Each category once: the first is the main one, whether it was named so or not. */
export function productCategories(
  category: readonly string[],
  further: readonly (readonly string[])[],
): ProductCategories {
  const paths = [category, ...further].filter((path) => path.length > 0);
  const [main = [], ...others] = new Map(paths.map((path) => [JSON.stringify(path), path])).values();
  return { category: main, furtherCategories: others };
}

/** All of them, the main one first. */
export function categoryPaths({ category, furtherCategories }: ProductCategories): readonly (readonly string[])[] {
  return category.length === 0 ? [] : [category, ...furtherCategories];
}

/** What words are found in: the names of the main one from the top down, then those of the others that are not among them; as productsToAnalyze of words/word-statements.ts says it. */
export function categoryNames({ category, furtherCategories }: ProductCategories): readonly string[] {
  const known = new Set(category);
  return [...category, ...new Set(furtherCategories.flat().filter((name) => !known.has(name)))];
}
