import type { Product, ProductImage, ProductVariant } from '../catalog/read-products.ts';
import type { Collapse } from '../database/closed-sets.ts';
import { invariant } from '../errors.ts';
import { titleOf } from '../graphql/variant-of-product.ts';
import type { MatchQuality, SearchPage, SearchRequest } from '../search/request/search-request.ts';
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
      const found: FoundPage = {
        request,
        page,
        rows: await describeResults(shop, page),
        total: await page.count(),
        model: page.modelId === null ? null : (await shop.activeModel()).name,
        plan: options.explain ? page.plan() : null,
      };
      if (options.json) printJson(await asJson(found));
      else printPage(found);
      return 0;
    } finally {
      await shop.close();
    }
  }, options);
}

interface FoundPage {
  readonly request: SearchRequest;
  readonly page: SearchPage;
  readonly rows: readonly ResultRow[];
  readonly total: Awaited<ReturnType<SearchPage['count']>>;
  /** Name of the model whose vectors were compared. */
  readonly model: string | null;
  /** Null where it was not asked for. */
  readonly plan: Awaited<ReturnType<SearchPage['plan']>> | null;
}

interface ResultRow {
  /** On this page, from 1. */
  readonly rank: number;
  readonly result: SearchPage['results'][number];
  readonly product: Product;
  /** The one that it shows; the first of its product where it was deleted since. */
  readonly variant: ProductVariant | undefined;
  /** The picture that matched best, and its place among the product's, from 1. */
  readonly image: ProductImage | undefined;
  readonly imagePosition: number;
}

async function describeResults(shop: Shop, page: SearchPage): Promise<ResultRow[]> {
  const { results } = page;
  const shown = await page.variants();
  const products = await shop.getProductsByIds(results.map(({ productId }) => productId));
  return results.flatMap((result, index) => {
    const product = products[index];
    // Deleted by somebody else since the search.
    if (!product) return [];
    const position = product.images.findIndex(({ id }) => id === result.imageId);
    const variant = product.variants.find(({ id }) => id === shown[index]?.variantId) ?? product.variants[0];
    return { rank: index + 1, result, product, variant, image: product.images[position], imagePosition: position + 1 };
  });
}

function printPage({ request, page, rows, total, model, plan }: FoundPage): void {
  for (const correction of page.corrections) printLine(describeCorrection(correction));
  if (rows.length === 0) {
    printLine('Nothing found.');
  } else {
    printTable(
      [
        { title: '#', align: 'right' },
        { title: 'relevance', align: 'right' },
        { title: 'similarity', align: 'right' },
        { title: 'id', width: 24 },
        { title: 'title', width: 48 },
        { title: 'brand', width: 20 },
        { title: 'price', align: 'right' },
        { title: 'category', width: 40 },
        { title: 'picture' },
      ],
      rows.map(({ rank, result, product, variant, image, imagePosition }) => [
        String(rank),
        result.relevance.toFixed(2),
        result.similarity?.toFixed(3) ?? '',
        ...namedAs(request, product, variant),
        product.categories.map(({ path }) => path.join(' > ')).join(', '),
        image ? `${imagePosition} of ${product.images.length}` : '',
      ]),
    );
  }
  const { value, exact } = total;
  const unit = UNITS[request.collapse ?? 'PRODUCT'];
  const products = `${exact ? '' : 'at least '}${value.toLocaleString('en')} ${value === 1 ? unit : `${unit}s`}`;
  // Without terms nothing was to be matched.
  const quality = request.terms.length === 0 ? '' : `${QUALITIES[page.matchQuality]}; `;
  const effort = `${describeStrategy(page, model)}, ${Math.round(page.milliseconds)} ms`;
  printLine(`${rows.length} of ${products}; ${quality}${effort}`);
  if (plan !== null) {
    const known = (name: string, number: number | null) => (number === null ? [] : [`${number} ${name}`]);
    const numbers = [...known('candidates', plan.candidates), ...known('vectors examined', plan.examined)];
    printLine(`${[plan.strategy, ...numbers].join(', ')}\n\n${plan.sql}`);
  }
}

const UNITS: Readonly<Record<Collapse, string>> = { PRODUCT: 'product', LOOK: 'look', VARIANT: 'variant' };

/** Id, title, brand and price: of the product, or of the variant that stands for a look or itself. */
function namedAs(
  { collapse = 'PRODUCT' }: SearchRequest,
  product: Product,
  variant: ProductVariant | undefined,
): string[] {
  const { groupId, title, brand } = product;
  if (collapse === 'PRODUCT' || variant === undefined)
    return [groupId, title, brand ?? '', moneyText(product.price?.lowest)];
  const own = titleOf({ product, variant });
  return [variant.sku, own === title ? title : `${title}, ${own}`, brand ?? '', moneyText(variant.price)];
}

function moneyText(money: ProductVariant['price'] | undefined): string {
  return money ? `${money.amount} ${money.currency}` : '';
}

function describeCorrection({ written, meant, isApplied }: SearchPage['corrections'][number]): string {
  return isApplied
    ? `Searched for "${meant}" instead of "${written}"; --as-written searches for exactly that.`
    : `Did you mean "${meant}" by "${written}"?`;
}

const QUALITIES: Readonly<Record<MatchQuality, string>> = {
  STRONG: 'a good match',
  WEAK: 'a weak match',
  NONE: 'no good match',
};

function describeStrategy({ strategy }: SearchPage, model: string | null): string {
  switch (strategy) {
    case 'EXACT':
      return `every vector of ${model} compared`;
    case 'HNSW':
      return `nearest vectors of ${model} by index`;
    case 'SKETCH':
      return `nearest vectors of ${model} by sketches`;
    case 'NONE':
      return 'no vectors';
  }
}

async function asJson({ page, rows, total, model, plan }: FoundPage) {
  const last = page.results.at(-1);
  invariant(last !== undefined || !page.hasNextPage, 'a page before another has results');
  const termSimilarities = await page.termSimilarities();
  return {
    results: rows.map(({ rank, result, product, variant, image }) => ({
      rank,
      relevance: result.relevance,
      similarity: result.similarity,
      why: { ...result.why, termSimilarities: termSimilarities[rank - 1] },
      product: { ...product, categories: product.categories.map(({ path }) => path) },
      variant: variant ?? null,
      matchedImage: image ?? null,
    })),
    totalCount: total,
    matchQuality: page.matchQuality,
    corrections: page.corrections,
    hasNextPage: page.hasNextPage,
    endCursor: last?.cursor ?? null,
    model,
    strategy: page.strategy,
    milliseconds: page.milliseconds,
    ...(plan && { plan }),
  };
}
