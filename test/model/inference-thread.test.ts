import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { TowerOptions, WorkerData } from '../../src/embedding/inference-messages.ts';
import { openInferencePool } from '../../src/embedding/inference-pool.ts';
import { startInferenceThread, ThreadDied } from '../../src/embedding/inference-thread.ts';
import { startThread } from '../../src/worker-thread.ts';
import { MINI_FOLDER } from '../support/model-folders.ts';

const TEXTS: TowerOptions = {
  path: join(MINI_FOLDER, 'text_model.onnx'),
  output: 'text_embeds',
  dimensions: 256,
  threads: 1,
  tower: { kind: 'text', padId: 7134 },
  sample: { ids: [7133, 7134], length: 2 },
};
const RED_DRESS = { ids: [7133, 591, 804, 7134], length: 4 };

/** Starts real threads, and keeps them, so that a test can end one from outside. */
function keptWorkers() {
  const threads: Worker[] = [];
  const start = (workerData: WorkerData) => {
    const thread = startThread('../../src/embedding/inference-worker', import.meta.url, { workerData });
    threads.push(thread);
    return thread;
  };
  return { threads, start };
}

describe('inference thread', () => {
  it('encodes, and ends when told to', async () => {
    const thread = await startInferenceThread(TEXTS);
    const [vector, same] = await thread.encode([RED_DRESS, RED_DRESS]);
    expect(vector).toHaveLength(256);
    expect(same).toEqual(vector);
    await thread.end();
    await expect(thread.encode([RED_DRESS])).rejects.toBeInstanceOf(ThreadDied);
  });

  it('says so when it has ended by itself', async () => {
    const { threads, start } = keptWorkers();
    const thread = await startInferenceThread(TEXTS, start);
    // While it is idle: native code that is torn down in the middle takes the whole process with it.
    await threads[0]?.terminate();
    await expect(thread.encode([RED_DRESS])).rejects.toBeInstanceOf(ThreadDied);
  });

  it('says what is wrong with the model, and leaves no thread behind', async () => {
    const missing = { ...TEXTS, path: join(MINI_FOLDER, 'none.onnx') };
    await expect(startInferenceThread(missing)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringContaining(missing.path),
    });
    await expect(startInferenceThread({ ...TEXTS, output: 'logits' })).rejects.toMatchObject({
      message: `${TEXTS.path}: expected the output logits, found text_embeds`,
    });
  });

  it('reports what the model cannot run, and goes on', async () => {
    const thread = await startInferenceThread(TEXTS);
    // No such token.
    await expect(thread.encode([{ ids: [999_999], length: 1 }])).rejects.toMatchObject({ code: 'MODEL_INVALID' });
    expect(await thread.encode([RED_DRESS])).toHaveLength(1);
    await thread.end();
  });
});

describe('inference pool with real threads', () => {
  it('loses no work when a thread has ended by itself', async () => {
    const { threads, start } = keptWorkers();
    const pool = await openInferencePool({
      tower: TEXTS,
      size: 2,
      batched: true,
      maxWaiting: 1000,
      startThread: (options) => startInferenceThread(options, start),
    });
    const expected = await pool.encode(RED_DRESS, { priority: 'import' });
    await threads[0]?.terminate();
    const results = Array.from({ length: 300 }, () => pool.encode(RED_DRESS, { priority: 'import' }));
    for (const vector of await Promise.all(results)) expect(vector[0]).toBeCloseTo(expected[0] as number, 4);
    expect(threads).toHaveLength(3);
    await pool.close();
  });
});

describe('a process that exits while it encodes', () => {
  it('keeps its exit code', () => {
    const script = fileURLToPath(new URL('../support/exit-while-encoding.ts', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, MINI_FOLDER], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
  });
});
