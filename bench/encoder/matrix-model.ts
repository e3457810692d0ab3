/** What multiplies: single precision, or unsigned by signed bytes into 32-bit sums, as quantized models do. */
export type Precision = 'fp32' | 'int8';

/** A product of two matrices, [rows, inner] x [inner, columns]. */
export interface MatrixProduct {
  readonly precision: Precision;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** Of onnx.proto3 (TensorProto.DataType). */
const TYPES = { fp32: { left: 1, right: 1, product: 1 }, int8: { left: 2, right: 3, product: 6 } } as const;
const OPERATORS = { fp32: 'MatMul', int8: 'MatMulInteger' } as const;
/** Read by every ONNX Runtime since 1.8. */
const IR_VERSION = 7;
const OPSET = 13;

/**
 * An ONNX file that multiplies `left` [rows, inner] by a matrix in the file, as a layer of a model multiplies by its weights, giving
 * `product` [rows, columns]. Written field by field after https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3, so that no model
 * has to be kept for it.
 */
export function matrixProductModel({ precision, rows, inner, columns }: MatrixProduct): Uint8Array {
  const type = TYPES[precision];
  const node = message(text(1, 'left'), text(1, 'right'), text(2, 'product'), text(4, OPERATORS[precision]));
  const graph = message(
    bytes(1, node),
    text(2, 'matrix product'),
    bytes(5, weights(precision, inner, columns)),
    bytes(11, value('left', type.left, [rows, inner])),
    bytes(12, value('product', type.product, [rows, columns])),
  );
  return message(number(1, IR_VERSION), bytes(7, graph), bytes(8, message(number(2, OPSET))));
}

/** TensorProto. The values are small and differ, so that none are not-a-number, denormal or skipped. */
function weights(precision: Precision, inner: number, columns: number): Uint8Array {
  const count = inner * columns;
  const values =
    precision === 'fp32'
      ? Float32Array.from({ length: count }, (_, at) => ((at * 31) % 127) / 127 - 0.5)
      : Int8Array.from({ length: count }, (_, at) => ((at * 31) % 127) - 63);
  return message(
    number(1, inner),
    number(1, columns),
    number(2, TYPES[precision].right),
    text(8, 'right'),
    bytes(9, new Uint8Array(values.buffer)),
  );
}

/** ValueInfoProto of a tensor. */
function value(name: string, type: number, shape: readonly number[]): Uint8Array {
  const dimensions = shape.map((length) => bytes(1, message(number(1, length))));
  const tensor = message(number(1, type), bytes(2, message(...dimensions)));
  return message(text(1, name), bytes(2, message(bytes(1, tensor))));
}

/** Of Protocol Buffers: a field is its number and kind, and what it holds. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

function number(field: number, value: number): Uint8Array {
  return message(varint(field * 8 + VARINT), varint(value));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return message(varint(field * 8 + LENGTH_DELIMITED), varint(value.length), value);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, Buffer.from(value, 'utf8'));
}

/** Seven bits to a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) digits.push((rest % 128) + 128);
  return Uint8Array.from([...digits, rest]);
}
