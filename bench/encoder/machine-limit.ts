import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type MatrixProduct, matrixProductModel, type Precision } from './matrix-model.ts';
import { type Turns, timeTurns } from './turns.ts';

/**
 * What is multiplied: a transformer's widest layer over 16 pictures of CLIP (16 x 50 tokens, 768 x 3072), and a cube that stays in a core's
 * caches better. Which of them is faster differs between machines and precisions; the faster one is the limit.
 */
const SIZES = [
  { rows: 800, inner: 768, columns: 3072 },
  { rows: 1024, inner: 1024, columns: 1024 },
] as const;

/** In 10^9 operations: a second of the fastest turn, and a second of processor time of the cheapest, which other programs disturb less. */
export interface Rate {
  readonly bySecond: number;
  readonly byProcessorSecond: number;
}

/** @param operations - of one turn */
export function rateOf(operations: number, { fastestMs, processorMs }: Turns): Rate {
  return { bySecond: operations / fastestMs / 1e6, byProcessorSecond: operations / processorMs / 1e6 };
}

/**
 * How much arithmetic this machine does, as far as ONNX Runtime's own matrix product gets out of it: nothing that runs in it can be
 * faster. Multiplications and additions count one each.
 *
 * @param threads - cores that one product is spread over
 */
export async function machineLimit(precision: Precision, threads: number, turns: number): Promise<Rate> {
  const rates: Rate[] = [];
  for (const size of SIZES) rates.push(await productRate({ precision, ...size }, threads, turns));
  return {
    bySecond: Math.max(...rates.map((rate) => rate.bySecond)),
    byProcessorSecond: Math.max(...rates.map((rate) => rate.byProcessorSecond)),
  };
}

async function productRate(product: MatrixProduct, threads: number, turns: number): Promise<Rate> {
  const session = await InferenceSession.create(matrixProductModel(product), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
  const left = leftMatrix(product);
  const measured = await timeTurns(turns, () => session.run({ left }));
  await session.release();
  return rateOf(2 * product.rows * product.inner * product.columns, measured);
}

function leftMatrix({ precision, rows, inner }: MatrixProduct): Tensor {
  const count = rows * inner;
  return precision === 'fp32'
    ? new Tensor(
        'float32',
        Float32Array.from({ length: count }, (_, at) => ((at * 17) % 113) / 113 - 0.5),
        [rows, inner],
      )
    : new Tensor(
        'uint8',
        Uint8Array.from({ length: count }, (_, at) => (at * 17) % 251),
        [rows, inner],
      );
}
