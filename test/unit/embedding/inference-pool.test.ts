import { describe, expect, it } from 'vitest';
import type { TowerInput, TowerOptions } from '../../../src/embedding/inference-messages.ts';
import { openInferencePool } from '../../../src/embedding/inference-pool.ts';
import { type InferenceThread, ThreadDied } from '../../../src/embedding/inference-thread.ts';
import { AppError } from '../../../src/errors.ts';

const TOWER: TowerOptions = {
  path: 'model.onnx',
  output: 'text_embeds',
  dimensions: 1,
  threads: 1,
  tower: { kind: 'text', padId: 0 },
  sample: { ids: [0], length: 1 },
};

/** A text of one token, which the threads here answer with a vector of that number. */
const text = (id: number): TowerInput => ({ ids: [id], length: 1 });
const idOf = (input: TowerInput) => ('ids' in input ? (input.ids[0] as number) : Number.NaN);
const answers = (batch: readonly TowerInput[]) => batch.map((input) => Float32Array.of(idOf(input)));
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Threads of which each batch is answered, or not, by the test. */
function threads(encode: (batch: readonly TowerInput[], thread: number) => Promise<Float32Array[]>) {
  const ended: number[] = [];
  let started = 0;
  return {
    ended,
    started: () => started,
    startThread: async (): Promise<InferenceThread> => {
      const thread = ++started;
      const end = async () => {
        ended.push(thread);
      };
      return { encode: (batch) => encode(batch, thread), end };
    },
  };
}

/** Holds every batch until it is let go. */
function heldThreads() {
  const batches: number[][] = [];
  let release: () => void = () => {};
  const made = threads(async (batch) => {
    batches.push(batch.map(idOf));
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return answers(batch);
  });
  const letGo = async () => {
    release();
    await turn();
  };
  return { ...made, batches, letGo };
}

const open = (made: { startThread: () => Promise<InferenceThread> }, size = 1, maxWaiting = 100) =>
  openInferencePool({ tower: TOWER, size, batched: true, maxWaiting, startThread: made.startThread });

describe('inference pool', () => {
  it('encodes in one batch what is asked for while a batch runs, queries first', async () => {
    const held = heldThreads();
    const pool = await open(held);
    const results = [pool.encode(text(1), { priority: 'import' })];
    await turn();
    results.push(pool.encode(text(2), { priority: 'import' }), pool.encode(text(3), { priority: 'import' }));
    results.push(pool.encode(text(4), { priority: 'query' }));
    for (let batch = 0; batch < 3; batch++) await held.letGo();
    expect((await Promise.all(results)).map(([value]) => value)).toEqual([1, 2, 3, 4]);
    expect(held.batches).toEqual([[1], [4], [2, 3]]);
    await pool.close();
    expect(held.ended).toEqual([1]);
  });

  it('gives each input a run of its own where the model asks for it', async () => {
    const batches: number[] = [];
    const made = threads(async (batch) => {
      batches.push(batch.length);
      return answers(batch);
    });
    const pool = await openInferencePool({ tower: TOWER, size: 1, batched: false, maxWaiting: 10, ...made });
    await Promise.all([1, 2, 3, 4].map((id) => pool.encode(text(id), { priority: 'import' })));
    expect(batches).toEqual([1, 1, 1, 1]);
    await pool.close();
  });

  it('drops waiting work whose signal is aborted, and never runs it', async () => {
    const held = heldThreads();
    const pool = await open(held);
    const first = pool.encode(text(1), { priority: 'query' });
    await turn();
    const controller = new AbortController();
    const dropped = pool.encode(text(2), { priority: 'query', signal: controller.signal });
    controller.abort(new Error('left'));
    await expect(dropped).rejects.toThrow('left');
    await held.letGo();
    await first;
    await expect(pool.encode(text(3), { priority: 'query', signal: controller.signal })).rejects.toThrow('left');
    await pool.close();
    expect(held.batches).toEqual([[1]]);
  });

  it('refuses queries when too many wait, while imports still have room', async () => {
    const held = heldThreads();
    const pool = await open(held, 1, 2);
    const results = [pool.encode(text(1), { priority: 'query' })];
    await turn();
    results.push(pool.encode(text(2), { priority: 'query' }), pool.encode(text(3), { priority: 'query' }));
    await expect(pool.encode(text(4), { priority: 'query' })).rejects.toMatchObject({ code: 'ENCODER_OVERLOADED' });
    results.push(pool.encode(text(5), { priority: 'import' }));
    for (let batch = 0; batch < 3; batch++) await held.letGo();
    expect(await Promise.all(results)).toHaveLength(4);
    await pool.close();
  });

  it('tries the work of a thread that dies once more, in a new thread', async () => {
    const made = threads(async (batch, thread) => {
      if (thread === 1) throw new ThreadDied('model.onnx');
      return answers(batch);
    });
    const pool = await open(made);
    const results = [1, 2, 3].map((id) => pool.encode(text(id), { priority: 'query' }));
    expect((await Promise.all(results)).map(([value]) => value)).toEqual([1, 2, 3]);
    expect(made.started()).toBe(2);
    await pool.close();
  });

  it('rejects work over which two threads have died, and does the rest', async () => {
    const made = threads(async (batch) => {
      if (batch.some((input) => idOf(input) === 13)) throw new ThreadDied('model.onnx');
      return answers(batch);
    });
    const pool = await open(made);
    await expect(pool.encode(text(13), { priority: 'query' })).rejects.toMatchObject({
      code: 'MODEL_NOT_READY',
      message: 'the encoder cannot answer: its thread ended in the middle of the work, twice',
    });
    expect(await pool.encode(text(1), { priority: 'query' })).toEqual(Float32Array.of(1));
    await pool.close();
  });

  it('rejects what waits when no thread can be started again, and closes', async () => {
    let starts = 0;
    const pool = await openInferencePool({
      tower: TOWER,
      size: 1,
      batched: true,
      maxWaiting: 10,
      restartAfterMs: 1,
      startThread: async () => {
        if (++starts > 1) throw new AppError('MODEL_INVALID', 'model.onnx: gone');
        return {
          encode: () => Promise.reject(new ThreadDied('model.onnx')),
          end: async () => {},
          kill: async () => {},
        };
      },
    });
    await expect(pool.encode(text(1), { priority: 'query' })).rejects.toMatchObject({
      code: 'MODEL_NOT_READY',
      message: 'the encoder cannot answer: its threads ended and cannot be started again',
    });
    await expect(pool.encode(text(2), { priority: 'query' })).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
    await pool.close();
  });

  it('rejects a batch that the model cannot run, and goes on', async () => {
    const made = threads(async (batch) => {
      if (batch.some((input) => idOf(input) === 13)) throw new AppError('MODEL_INVALID', 'model.onnx: bad');
      return answers(batch);
    });
    const pool = await open(made);
    await expect(pool.encode(text(13), { priority: 'query' })).rejects.toMatchObject({ code: 'MODEL_INVALID' });
    expect(await pool.encode(text(1), { priority: 'query' })).toEqual(Float32Array.of(1));
    expect(made.started()).toBe(1);
    await pool.close();
  });

  it('finishes what runs and rejects what waits when closed', async () => {
    const held = heldThreads();
    const pool = await open(held);
    const running = pool.encode(text(1), { priority: 'query' });
    await turn();
    const waiting = pool.encode(text(2), { priority: 'query' });
    const closed = pool.close();
    await expect(waiting).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
    await held.letGo();
    expect(await running).toEqual(Float32Array.of(1));
    await closed;
    await expect(pool.encode(text(3), { priority: 'query' })).rejects.toMatchObject({
      code: 'MODEL_NOT_READY',
      message: 'the encoder cannot answer: it is closed',
    });
  });

  it('ends the threads that started when another cannot', async () => {
    const made = threads(async (batch) => answers(batch));
    let starts = 0;
    const startThread = async () => {
      if (++starts === 2) throw new AppError('MODEL_INVALID', 'model.onnx: wrong');
      return made.startThread();
    };
    await expect(open({ startThread }, 3)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
    expect(made.ended).toEqual([1, 2]);
  });
});
