import { AppError } from '../errors.ts';
import { readCategorySizes } from './catalogue-facts.ts';
import {
  categoryName,
  type Distortion,
  type EvaluationQuery,
  type Expectation,
  pictureSizeSlice,
} from './evaluation-query.ts';
import { sampledPictures } from './evaluation-statements.ts';
import type { QuerySetDeps, Sampling } from './query-set.ts';

/**
 * The searchable pictures of the catalogue as queries.
 *
 * Without distortions a picture would find itself: of a product with other pictures the picture alone is left out of the results, of a product with this picture
 * alone the product, and then only its category is expected. With distortions each picture is asked once for each of them, and nothing is left out: the product is
 * to be found by its picture as the shop has it.
 *
 * @throws AppError BAD_USER_INPUT where there is no picture to ask with
 */
export async function catalogueQueries(
  { db, model }: QuerySetDeps,
  distortions: readonly Distortion[],
  { sample, seed }: Sampling,
): Promise<EvaluationQuery[]> {
  const rows = await sampledPictures(db, { table: model.imageTable, seed, limit: sample }).execute();
  const sizeOf = await readCategorySizes(
    db,
    rows.map(({ category }) => category),
  );
  const copies: readonly (Distortion | null)[] = distortions.length > 0 ? distortions : [null];
  const queries: EvaluationQuery[] = [];
  for (const row of rows) {
    const { category } = row;
    for (const distortion of copies) {
      const leftOut =
        distortion !== null ? 'NOTHING' : row.has_other_pictures ? 'OWN_PICTURE' : ('OWN_PRODUCT' as const);
      const others = leftOut === 'OWN_PRODUCT' ? 1 : 0;
      const expected: Expectation = {
        product: leftOut === 'OWN_PRODUCT' ? null : { id: row.product_id, sku: row.sku, title: row.title },
        category,
        categoryProducts: category === null ? 0 : sizeOf(category) - others,
      };
      // Nothing could be found: a product without a category, or the only one of its category.
      if (expected.product === null && expected.categoryProducts === 0) continue;
      queries.push({
        position: queries.length + 1,
        origin: `picture ${row.image_id}${distortion === null ? '' : `, ${distortion}`}`,
        text: null,
        picture: { kind: 'catalogue', imageId: row.image_id, productId: row.product_id, distortion },
        expected,
        leftOut,
        slices: {
          ...(category && { category: categoryName(category) }),
          query: 'picture',
          ...(row.width !== null &&
            row.height !== null && { picture: pictureSizeSlice({ width: row.width, height: row.height }) }),
          ...(distortion && { distortion }),
        },
      });
    }
  }
  if (queries.length > 0) return queries;
  throw new AppError(
    'BAD_USER_INPUT',
    `--self: expected pictures whose product or category has something else to find, found ${rows.length === 0 ? 'no searchable picture' : `none among ${rows.length}`}`,
  );
}
