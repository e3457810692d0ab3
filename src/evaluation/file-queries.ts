import { readFile } from 'node:fs/promises';
import { productIdsOfSkus } from '../database/product-skus.ts';
import { AppError, show } from '../errors.ts';
import { productId } from '../identifiers.ts';
import { checkRequest } from '../search/request/check-request.ts';
import { createRandom } from '../seeded-random.ts';
import { createProductLookup, readCategorySizes } from './catalogue-facts.ts';
import { categoryName, type EvaluationQuery, pictureSizeSlice } from './evaluation-query.ts';
import type { QuerySetDeps, Sampling } from './query-set.ts';
import { type QueryRow, readQueryFile, refuse } from './read-query-file.ts';

/**
 * The queries of a file (`readQueryFile`), checked against the catalogue and the pictures. A product's own category is expected where the file names none.
 *
 * @throws AppError NOT_FOUND; BAD_USER_INPUT with the lines that are wrong: pictures that cannot be read, skus, groups and categories that the shop does not have
 */
export async function fileQueries(
  deps: QuerySetDeps,
  file: string,
  { sample, seed }: Sampling,
): Promise<EvaluationQuery[]> {
  const read = await readQueryFile(file);
  const productIds = await productIdsOfSkus(
    deps.db,
    read.flatMap(({ expectedSku }) => expectedSku ?? []),
  );
  const rows = read.map((row) => ({ ...row, productId: productIdOf(row, productIds) }));
  const products = await createProductLookup(deps.db).facts(rows.flatMap((row) => row.productId ?? []));
  const expectations = rows.map((row) => {
    const product = row.productId === null ? undefined : products.get(row.productId);
    return { row, product, category: row.expectedCategory ?? product?.category ?? null };
  });
  const sizeOf = await readCategorySizes(
    deps.db,
    expectations.map(({ category }) => category),
  );

  const problems: string[] = [];
  const queries: EvaluationQuery[] = [];
  for (const { row, product, category } of expectations) {
    const tell = (problem: string) => problems.push(`line ${row.line}: ${problem}`);
    if (row.expectedSku !== null && !product) tell(`expected a sku of this shop, found ${show(row.expectedSku)}`);
    else if (row.expectedGroup !== null && !product)
      tell(`expected the id of a product of this shop, found ${show(row.expectedGroup)}`);
    const categoryProducts = category === null ? 0 : sizeOf(category);
    if (category !== null && categoryProducts === 0) {
      tell(`expected a category of this shop that has products, found ${show(categoryName(category))}`);
    }
    if (row.text !== null) checkText(row.text, tell);
    const size = row.picturePath === null ? undefined : await pictureSize(deps, row.picturePath, tell);
    queries.push({
      position: queries.length + 1,
      origin: `line ${row.line}`,
      text: row.text,
      picture: row.picturePath === null ? null : { kind: 'file', path: row.picturePath },
      expected: { product: product ?? null, category, categoryProducts },
      leftOut: 'NOTHING',
      slices: {
        ...(category && { category: categoryName(category) }),
        query: row.picturePath === null ? 'text' : row.text === null ? 'picture' : 'picture and text',
        ...(size && { picture: pictureSizeSlice(size) }),
        ...row.slices,
      },
    });
  }
  refuse(file, problems);
  return sample === undefined ? queries : drawn(queries, sample, seed);
}

/** Whether the shop has one with this group id is not asked yet. */
function productIdOf({ expectedSku, expectedGroup }: QueryRow, bySku: ReadonlyMap<string, string>): string | null {
  if (expectedSku !== null) return bySku.get(expectedSku) ?? null;
  return expectedGroup === null ? null : productId(expectedGroup);
}

/** As the search itself checks it: else the last query of thousands might be refused after all others were asked. */
function checkText(text: string, tell: (problem: string) => void): void {
  try {
    checkRequest({ terms: [{ match: { kind: 'text', text } }] });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    tell(error.message);
  }
}

async function pictureSize(
  { inspectPicture }: QuerySetDeps,
  path: string,
  tell: (problem: string) => void,
): Promise<{ width: number; height: number } | undefined> {
  try {
    return await inspectPicture(await readFile(path));
  } catch (error) {
    if (error instanceof AppError) tell(`${path}: ${error.message}`);
    else tell(`expected a picture, found no file ${show(path)} that can be read`);
    return undefined;
  }
}

/** As many queries, each as likely as the other, in the order of the file. */
function drawn(queries: readonly EvaluationQuery[], sample: number, seed: number): EvaluationQuery[] {
  const random = createRandom(seed);
  return queries
    .map((query) => ({ query, place: random() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, sample)
    .map(({ query }) => query)
    .sort((a, b) => a.position - b.position)
    .map((query, index) => ({ ...query, position: index + 1 }));
}
