import { describe, expect, it } from 'vitest';
import { operationsIn, type ProfiledStep } from '../../../bench/encoder/count-operations.ts';

type Shape = readonly number[];

function step(operator: string, inputs: readonly Shape[], output: Shape): ProfiledStep {
  const tensor = (shape: Shape) => ({ float: shape });
  return {
    name: `${operator}_kernel_time`,
    args: { op_name: operator, input_type_shape: inputs.map(tensor), output_type_shape: [tensor(output)] },
  };
}

describe('operations of a run', () => {
  it('counts two for each pair of numbers that a matrix product multiplies', () => {
    // 2 x 3 products of 4 numbers each, in a batch of 5.
    expect(
      operationsIn([
        step(
          'MatMul',
          [
            [5, 2, 4],
            [4, 3],
          ],
          [5, 2, 3],
        ),
      ]),
    ).toBe(2 * 5 * 2 * 3 * 4);
    expect(
      operationsIn([
        step(
          'MatMulInteger',
          [
            [2, 4],
            [4, 3],
          ],
          [2, 3],
        ),
      ]),
    ).toBe(2 * 2 * 3 * 4);
  });

  it('counts a general matrix product the same, whichever matrices are turned', () => {
    expect(operationsIn([step('Gemm', [[2, 4], [4, 3], [3]], [2, 3])])).toBe(48);
    expect(operationsIn([step('Gemm', [[4, 2], [3, 4], [3]], [2, 3])])).toBe(48);
  });

  it('counts a convolution by its kernel, and a group by its own channels alone', () => {
    expect(
      operationsIn([
        step(
          'Conv',
          [
            [1, 3, 8, 8],
            [16, 3, 3, 3],
          ],
          [1, 16, 8, 8],
        ),
      ]),
    ).toBe(2 * 16 * 8 * 8 * 27);
    expect(
      operationsIn([
        step(
          'Conv',
          [
            [1, 16, 8, 8],
            [16, 1, 3, 3],
          ],
          [1, 16, 8, 8],
        ),
      ]),
    ).toBe(2 * 16 * 8 * 8 * 9);
  });

  it('adds up steps, and counts what does not multiply matrices as nothing', () => {
    const product = step(
      'MatMul',
      [
        [2, 4],
        [4, 3],
      ],
      [2, 3],
    );
    expect(operationsIn([product, step('Add', [[2, 3], [3]], [2, 3]), product])).toBe(96);
    expect(operationsIn([])).toBe(0);
  });

  it('refuses an operator that multiplies in a way it does not know', () => {
    expect(() =>
      operationsIn([
        step(
          'FusedMatMul',
          [
            [2, 4],
            [4, 3],
          ],
          [2, 3],
        ),
      ]),
    ).toThrow('expected a known operator, found FusedMatMul');
  });

  it('counts CLIP ViT-B/32 as its paper does: 4.4 billion multiplications to a picture', () => {
    // 49 patches and the class token, 12 layers of 768: four square products, two of four times the width, and attention.
    const tokens = 50;
    const width = 768;
    const square = step(
      'MatMul',
      [
        [1, tokens, width],
        [width, width],
      ],
      [1, tokens, width],
    );
    const layer = [
      ...[square, square, square, square],
      step(
        'MatMul',
        [
          [12, tokens, 64],
          [12, 64, tokens],
        ],
        [12, tokens, tokens],
      ),
      step(
        'MatMul',
        [
          [12, tokens, tokens],
          [12, tokens, 64],
        ],
        [12, tokens, 64],
      ),
      step(
        'MatMul',
        [
          [1, tokens, width],
          [width, 4 * width],
        ],
        [1, tokens, 4 * width],
      ),
      step(
        'MatMul',
        [
          [1, tokens, 4 * width],
          [4 * width, width],
        ],
        [1, tokens, width],
      ),
    ];
    const patches = step(
      'Conv',
      [
        [1, 3, 224, 224],
        [width, 3, 32, 32],
      ],
      [1, width, 7, 7],
    );
    const steps = [patches, ...Array.from({ length: 12 }, () => layer).flat()];
    expect(operationsIn(steps) / 2e9).toBeCloseTo(4.4, 1);
  });
});
