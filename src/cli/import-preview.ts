import type { ColumnUse } from '../catalog/feed/column-uses.ts';
import { PRODUCT_FIELDS } from '../catalog/feed/feed-product.ts';
import type { FeedPreview, PreviewProduct } from '../catalog/feed/preview-feed.ts';
import type { VariantRow } from '../catalog/product-input.ts';
import { commonAttributes } from '../catalog/variants/compose-product.ts';
import { printLine, printTable } from './print.ts';

const PROBLEMS_SHOWN = 10;
const LONGEST_TEXT = 160;
/** Of a product. */
const VARIANTS_SHOWN = 5;

/** Prints what an import would make of a feed. */
export function printPreview(source: string, preview: FeedPreview): void {
  const { read } = preview;
  printLine(`${source}: ${preview.format}, ${preview.encoding}; dialect: ${preview.dialect}.`);
  for (const note of preview.notes) printLine(`  ${note}`);
  const said = preview.columns.filter(({ example }) => example !== undefined);
  printTable(
    [
      { title: 'Column', width: 40 },
      { title: 'Becomes', width: 120 },
      { title: 'For example', width: 40 },
    ],
    said.map((use) => [use.column, describeUse(use), use.example ?? '']),
  );
  const empty = preview.columns.filter(({ example }) => example === undefined).map(({ column }) => column);
  if (empty.length > 0) printLine(`Without a value: ${cut(empty.join(', '), 1_000)}.`);
  printLine('The first products:');
  for (const product of preview.products) printProduct(product);
  printLine(
    `${read.isAll ? 'The whole feed' : 'The first 1,000 rows'}: ${count(read.products)} products${read.variants === read.products ? '' : ` with ${count(read.variants)} variants`}, ${count(read.refused)} rows refused, ` +
      `${count(read.leftOut)} left out (drafts, hidden products, parents of variants), ${count(read.fieldProblems)} fields or pictures left out or doubtful.`,
  );
  for (const { line, sku, reason } of preview.problems.slice(0, PROBLEMS_SHOWN)) {
    printLine(`  line ${line}${sku === null ? '' : `, product ${sku}`}: ${reason}`);
  }
  const more = read.refused + read.fieldProblems - Math.min(preview.problems.length, PROBLEMS_SHOWN);
  if (more > 0) printLine(`  and ${count(more)} more`);
  printLine('Nothing was imported.');
}

/** What became of a column, in words. */
export function describeUse({ fields, decidesRows }: ColumnUse): string {
  const ours = fields.filter((name) => PRODUCT_FIELDS.has(name));
  const attributes = fields.filter((name) => !PRODUCT_FIELDS.has(name));
  const parts = [
    ...ours,
    ...(attributes.length === 0
      ? []
      : [`${attributes.length === 1 ? 'attribute' : 'attributes'} ${attributes.join(', ')}`]),
    ...(decidesRows ? ['which rows are products'] : []),
  ];
  return parts.length === 0 ? 'not read' : parts.join(', ');
}

function printProduct(product: PreviewProduct): void {
  const { line, groupId, variants, options } = product;
  const [only] = variants.length === 1 ? variants : [];
  printLine(
    `line ${line}: ${groupId}${only ? '' : `, ${count(variants.length)} variants by ${options.join(', ') || 'nothing'}`}`,
  );
  printLines('  ', [
    ['title', product.title],
    ['category', product.category.join(' > ')],
    ['further categories', product.furtherCategories.map((path) => path.join(' > ')).join(', ')],
    ['brand', product.brand],
    ...(only ? offerOf(only) : []),
    ['link', product.link],
    ['pictures', only && picturesOf(only)],
    ['description', product.description],
    ...attributesOf(commonAttributes(variants.map(({ attributes }) => attributes))),
  ]);
  if (only) return;
  for (const variant of variants.slice(0, VARIANTS_SHOWN)) {
    const chosen = options.map((name) => variant.attributes[name]?.join(', ') ?? 'none').join(' / ');
    const offer = offerOf(variant).flatMap(([name, text]) => (text ? [`${name} ${text}`] : []));
    printLine(`  ${[variant.sku, chosen, ...offer, picturesOf(variant)].filter((text) => text !== '').join('; ')}`);
  }
  if (variants.length > VARIANTS_SHOWN) printLine(`  and ${count(variants.length - VARIANTS_SHOWN)} more`);
}

type NamedText = readonly [name: string, text: string | null | undefined];

function offerOf(variant: VariantRow): readonly NamedText[] {
  const { price, compareAtPrice, quantity } = variant;
  return [
    ['price', price && `${price.amount} ${price.currency}`],
    ['price before', compareAtPrice && `${compareAtPrice.amount} ${compareAtPrice.currency}`],
    ['availability', variant.availability],
    ['quantity', quantity === null ? null : count(quantity)],
    ['gtin', variant.gtin],
    ['mpn', variant.mpn],
  ];
}

function picturesOf({ images }: VariantRow): string {
  return images.map((image) => (image.kind === 'url' ? image.url : image.kind === 'file' ? image.name : '')).join(', ');
}

function attributesOf(attributes: VariantRow['attributes']): readonly NamedText[] {
  return Object.entries(attributes).map(([name, values]) => [name, values.join(', ')]);
}

function printLines(indent: string, lines: readonly NamedText[]): void {
  for (const [name, text] of lines) {
    if (text) printLine(`${indent}${name}: ${cut(text.replace(/\s+/g, ' '), LONGEST_TEXT)}`);
  }
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
