import type { ColumnUse } from '../catalog/feed/column-uses.ts';
import { PRODUCT_FIELDS } from '../catalog/feed/feed-product.ts';
import type { FeedPreview } from '../catalog/feed/preview-feed.ts';
import type { ProductInput } from '../catalog/product-input.ts';
import { printLine, printTable } from './print.ts';

const PROBLEMS_SHOWN = 10;
const LONGEST_TEXT = 160;

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
  for (const { line, product } of preview.products) printProduct(line, product);
  printLine(
    `${read.isAll ? 'The whole feed' : 'The first 1,000 rows'}: ${count(read.products)} products, ${count(read.refused)} rows refused, ` +
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

function printProduct(line: number, product: ProductInput): void {
  printLine(`line ${line}: ${product.sku}`);
  const { price, images, attributes } = product;
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ['title', product.title],
    ['category', product.category.join(' > ')],
    ['brand', product.brand],
    ['price', price && `${price.amount} ${price.currency}`],
    ['availability', product.availability],
    ['gtin', product.gtin],
    ['link', product.link],
    [
      'pictures',
      images.map((image) => (image.kind === 'url' ? image.url : image.kind === 'file' ? image.name : '')).join(', '),
    ],
    ['description', product.description],
    ...Object.entries(attributes).map(([name, values]) => [name, values.join(', ')] as const),
  ];
  for (const [name, text] of lines) if (text) printLine(`  ${name}: ${cut(text.replace(/\s+/g, ' '), LONGEST_TEXT)}`);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
