import type { Category, Product, ProductImage } from '../catalog/read-products.ts';
import { invariant } from '../errors.ts';
import type { SearchPage } from '../search/search-request.ts';
import { openShop, type Shop } from '../shop.ts';
import { printJson, printLine, printTable } from './print.ts';
import { runCommand } from './run-command.ts';
import { type SearchOptions, searchRequest } from './search-options.ts';

/** `lookgraph search` */
export async function runSearch(words: readonly string[], options: SearchOptions): Promise<void> {
  await runCommand(async ({ config, logger, signal }) => {
    // Before anything is opened: a typing error should not wait for the model to load.
    const request = await searchRequest(words, options);
    const shop = await openShop(config, { logger });
    try {
      const page = await shop.searchProducts(request, signal);
      const rows = await describeResults(shop, page);
      const model = await shop.activeModel();
      if (options.json) printJson(asJson(page, rows, model.name));
      else printPage(page, rows, model.name);
      return 0;
    } finally {
      await shop.close();
    }
  }, options);
}

interface ResultRow {
  readonly rank: number;
  readonly result: SearchPage['results'][number];
  readonly product: Product;
  readonly category: Category | undefined;
  /** The picture that matched best, and its place among the product's, from 1. */
  readonly image: ProductImage | undefined;
  readonly imagePosition: number;
  readonly imageCount: number;
}

async function describeResults(shop: Shop, { results }: SearchPage): Promise<ResultRow[]> {
  const ids = results.map(({ productId }) => productId);
  const products = await shop.getProductsByIds(ids);
  const images = await shop.getImagesOfProducts(ids);
  const categories = await shop.getCategoriesByIds(
    products.flatMap((product) => (product?.categoryId ? [product.categoryId] : [])),
  );
  return results.flatMap((result, index) => {
    const product = products[index];
    // Deleted by somebody else since the search.
    if (!product) return [];
    const ofProduct = images[index] ?? [];
    const position = ofProduct.findIndex(({ id }) => id === result.imageId);
    return {
      rank: index + 1,
      result,
      product,
      category: categories.find((category) => category?.id === product.categoryId),
      image: ofProduct[position],
      imagePosition: position + 1,
      imageCount: ofProduct.length,
    };
  });
}

function printPage(page: SearchPage, rows: readonly ResultRow[], model: string): void {
  if (rows.length === 0) {
    printLine('Nothing found.');
  } else {
    printTable(
      [
        { title: '#', align: 'right' },
        { title: 'similarity', align: 'right' },
        { title: 'sku', width: 24 },
        { title: 'title', width: 48 },
        { title: 'brand', width: 20 },
        { title: 'price', align: 'right' },
        { title: 'category', width: 40 },
        { title: 'picture' },
      ],
      rows.map(({ rank, result, product, category, image, imagePosition, imageCount }) => [
        String(rank),
        result.similarity?.toFixed(3) ?? 'words',
        product.sku,
        product.title,
        product.brand ?? '',
        product.price ? `${product.price.amount} ${product.price.currency}` : '',
        category?.path.join(' > ') ?? '',
        image ? `${imagePosition} of ${imageCount}` : '',
      ]),
    );
  }
  const { value, exact } = page.totalCount;
  const total = `${exact ? '' : 'at least '}${value.toLocaleString('en')} ${value === 1 ? 'product' : 'products'}`;
  printLine(`${rows.length} of ${total}; ${describePlan(page, model)}, ${Math.round(page.plan.milliseconds)} ms`);
}

function describePlan({ plan }: SearchPage, model: string): string {
  switch (plan.strategy) {
    case 'EXACT':
      return `every vector of ${model} compared`;
    case 'HNSW':
      return `nearest vectors of ${model} by index`;
    case 'NONE':
      return 'no vectors';
  }
}

function asJson(page: SearchPage, rows: readonly ResultRow[], model: string) {
  const last = page.results.at(-1);
  invariant(last !== undefined || !page.hasNextPage, 'a page before another has results');
  return {
    results: rows.map(({ rank, result, product, category, image }) => ({
      rank,
      similarity: result.similarity,
      vectorRank: result.vectorRank,
      wordRank: result.wordRank,
      product: { ...product, categoryId: undefined, category: category?.path ?? null },
      matchedImage: image ?? null,
    })),
    totalCount: page.totalCount,
    hasNextPage: page.hasNextPage,
    endCursor: last?.cursor ?? null,
    model: page.plan.strategy === 'NONE' ? null : model,
    plan: page.plan,
  };
}
