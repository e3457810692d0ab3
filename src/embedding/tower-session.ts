import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { TowerInput, TowerOptions } from './inference-messages.ts';
import type { TokenIds } from './tokenizer.ts';

/** One loaded tower. Runs block the thread that they are called in. */
export interface TowerSession {
  /** @returns float32 [n, dimensions], not normalised */
  encode(batch: readonly TowerInput[]): Promise<Float32Array>;
  release(): Promise<void>;
}

const INPUTS = { picture: ['pixel_values'], text: ['input_ids', 'attention_mask'] } as const;
const INPUT_TYPE = { picture: 'float32', text: 'int64' } as const;

/**
 * Loads a tower and encodes the sample with it.
 *
 * @throws Error saying what was expected of the file and what was found
 */
export async function openTowerSession(options: TowerOptions): Promise<TowerSession> {
  const session = await InferenceSession.create(options.path, {
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    // Waiting threads would burn the cores that PostgreSQL and sharp share with us.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  checkInputs(session, options.tower.kind);
  if (!session.outputNames.includes(options.output)) {
    throw new Error(`expected the output ${options.output}, found ${session.outputNames.join(', ')}`);
  }
  const { tower, dimensions } = options;
  const tensors =
    tower.kind === 'picture'
      ? pictureTensors(tower)
      : textTensors(tower.padId, session.inputNames.includes('attention_mask'));

  async function encode(batch: readonly TowerInput[]): Promise<Float32Array> {
    const result = (await session.run(tensors(batch), [options.output]))[options.output];
    if (result?.type !== 'float32' || result.dims[0] !== batch.length || result.dims[1] !== dimensions) {
      const found = result === undefined ? 'nothing' : `${result.type} [${result.dims.join(', ')}]`;
      throw new Error(`expected ${options.output} to be float32 [${batch.length}, ${dimensions}], found ${found}`);
    }
    return result.data as Float32Array;
  }

  await encode([options.sample]);
  return { encode, release: () => session.release() };
}

function checkInputs(session: InferenceSession, kind: 'picture' | 'text'): void {
  const known: readonly string[] = INPUTS[kind];
  const found = session.inputMetadata.map((input) => `${input.name} ${input.isTensor ? input.type : 'no tensor'}`);
  const fits = session.inputMetadata.every(
    (input) => known.includes(input.name) && input.isTensor && input.type === INPUT_TYPE[kind],
  );
  if (!fits || !session.inputNames.includes(known[0] as string)) {
    throw new Error(
      `expected inputs ${known.map((name) => `${name} ${INPUT_TYPE[kind]}`).join(', ')}, found ${found.join(', ')}`,
    );
  }
}

/** uint8 [height, width, 3] each -> pixel_values float32 [n, 3, height, width] = (pixel / 255 - mean) / std. */
function pictureTensors(tower: Extract<TowerOptions['tower'], { kind: 'picture' }>) {
  const { width, height, mean, std } = tower;
  const plane = width * height;
  // What a byte becomes, for each channel: a table look-up costs less than the arithmetic.
  const tables = mean.map((average, channel) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - average) / (std[channel] as number)),
  );
  return (batch: readonly TowerInput[]) => {
    const data = new Float32Array(batch.length * 3 * plane);
    for (const [item, pixels] of (batch as readonly Uint8Array[]).entries()) {
      for (const [channel, table] of tables.entries()) {
        const start = (item * 3 + channel) * plane;
        for (let at = 0; at < plane; at++) {
          data[start + at] = table[pixels[at * 3 + channel] as number] as number;
        }
      }
    }
    return { pixel_values: new Tensor('float32', data, [batch.length, 3, height, width]) };
  };
}

/** Token ids each -> input_ids int64 [n, longest] and, where declared, attention_mask int64 [n, longest]. */
function textTensors(padId: number, withMask: boolean) {
  return (batch: readonly TowerInput[]) => {
    const texts = batch as readonly TokenIds[];
    const longest = Math.max(...texts.map((text) => text.ids.length));
    const shape = [texts.length, longest];
    const ids = new BigInt64Array(texts.length * longest).fill(BigInt(padId));
    const mask = new BigInt64Array(texts.length * longest);
    for (const [item, text] of texts.entries()) {
      for (const [at, id] of text.ids.entries()) ids[item * longest + at] = BigInt(id);
      mask.fill(1n, item * longest, item * longest + text.length);
    }
    const input_ids = new Tensor('int64', ids, shape);
    return withMask ? { input_ids, attention_mask: new Tensor('int64', mask, shape) } : { input_ids };
  };
}
