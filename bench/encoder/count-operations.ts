import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession } from 'onnxruntime-node';

/** One step of a run, as ONNX Runtime's profile has it: each tensor is its type and shape, `{ float: [1, 50, 768] }`. */
export interface ProfiledStep {
  readonly name: string;
  readonly args: {
    readonly op_name?: string;
    readonly input_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
    readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

/**
 * Counts what is multiplied and added in matrix products and convolutions, one each, from the shapes of a run: everything else (additions
 * of a bias, normalisations, activations) is below 2 % of CLIP's arithmetic and not counted, as usual.
 *
 * - matrix product [..., m, k] x [..., k, n]: 2 m n k, so 2 x outputs x k
 * - convolution with a kernel [c_out, c_in / groups, height, width]: 2 x outputs x c_in / groups x height x width
 *
 * @param steps - of one run, before operators are fused
 * @throws Error for a step that multiplies and is not known here
 */
export function operationsIn(steps: readonly ProfiledStep[]): number {
  return steps.reduce((sum, step) => sum + operationsOfStep(step), 0);
}

function operationsOfStep({ args }: ProfiledStep): number {
  const operator = args.op_name ?? '';
  const [first = [], second = []] = (args.input_type_shape ?? []).map(shapeOf);
  const output = size(shapeOf(args.output_type_shape?.[0] ?? {}));
  switch (operator) {
    case 'MatMul':
    case 'MatMulInteger':
      return 2 * output * (first.at(-1) ?? 0);
    case 'Gemm':
      // [m, k] or, turned, [k, m]: either way k is what is left of the first matrix beside the m rows of the product.
      return (2 * output * size(first)) / (shapeOf(args.output_type_shape?.[0] ?? {})[0] ?? 1);
    case 'Conv':
    case 'ConvInteger':
      return 2 * output * size(second.slice(1));
  }
  if (/MatMul|Gemm|Conv|Attention|Einsum/.test(operator))
    throw new Error(`expected a known operator, found ${operator}`);
  return 0;
}

function shapeOf(tensor: Readonly<Record<string, readonly number[]>>): readonly number[] {
  return Object.values(tensor)[0] ?? [];
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Runs the model once with profiling, as the file has it. */
export async function countOperations(model: string, feeds: Parameters<InferenceSession['run']>[0]): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-profile-'));
  try {
    const session = await InferenceSession.create(model, {
      // Constants are folded, operators not yet fused into others.
      graphOptimizationLevel: 'basic',
      enableProfiling: true,
      profileFilePrefix: path.join(folder, 'run'),
    });
    await session.run(feeds);
    session.endProfiling();
    await session.release();
    const [file] = await readdir(folder);
    if (file === undefined) throw new Error(`expected ONNX Runtime's profile in ${folder}, found nothing`);
    const steps = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as ProfiledStep[];
    return operationsIn(steps.filter(({ name }) => name.endsWith('_kernel_time')));
  } finally {
    await rm(folder, { recursive: true });
  }
}
