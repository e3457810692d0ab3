import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { matrixProductModel } from '../../bench/encoder/matrix-model.ts';

describe('a written model of a matrix product', () => {
  // More columns than a byte of a variable-length number holds, so that shapes take two.
  const [rows, inner, columns] = [2, 3, 300];

  it('multiplies floats', async () => {
    const session = await InferenceSession.create(matrixProductModel({ precision: 'fp32', rows, inner, columns }));
    const left = new Tensor('float32', Float32Array.from([1, 2, 3, -1, 0, 1]), [rows, inner]);
    const { product } = await session.run({ left });
    expect(product?.dims).toEqual([rows, columns]);
    expect(product?.data[0]).toBeCloseTo(weight(0, 0) + 2 * weight(1, 0) + 3 * weight(2, 0), 5);
    expect(product?.data[columns + 299]).toBeCloseTo(weight(2, 299) - weight(0, 299), 5);
    await session.release();

    function weight(row: number, column: number): number {
      return (((row * columns + column) * 31) % 127) / 127 - 0.5;
    }
  });

  it('multiplies unsigned by signed bytes', async () => {
    const session = await InferenceSession.create(matrixProductModel({ precision: 'int8', rows, inner, columns }));
    const left = new Tensor('uint8', Uint8Array.from([1, 2, 3, 255, 0, 1]), [rows, inner]);
    const { product } = await session.run({ left });
    expect(product?.type).toBe('int32');
    expect(product?.data[columns + 299]).toBe(255 * weight(0, 299) + weight(2, 299));
    await session.release();

    function weight(row: number, column: number): number {
      return (((row * columns + column) * 31) % 127) - 63;
    }
  });
});
