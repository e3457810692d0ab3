import { describe, expect, it } from 'vitest';
import { createPriorityGate } from '../../../src/embedding/priority-gate.ts';

/** A task that ends when told to, and notes when it began. */
function task(name: string, begun: string[]) {
  const { promise, resolve, reject } = deferred<string>();
  return {
    run: () => {
      begun.push(name);
      return promise;
    },
    end: () => resolve(name),
    fail: (error: Error) => reject(error),
  };
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Value>((ok, no) => {
    resolve = ok;
    reject = no;
  });
  return { promise, resolve, reject };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('priority gate', () => {
  it('runs as many tasks at a time as it is wide, queries first', async () => {
    const gate = createPriorityGate(1, 10);
    const begun: string[] = [];
    const [running, imported, asked] = [task('running', begun), task('import', begun), task('query', begun)];
    const results = [
      gate.run(running.run, { priority: 'import' }),
      gate.run(imported.run, { priority: 'import' }),
      gate.run(asked.run, { priority: 'query' }),
    ];
    await turn();
    expect(begun).toEqual(['running']);
    running.end();
    await turn();
    expect(begun).toEqual(['running', 'query']);
    asked.end();
    imported.end();
    expect(await Promise.all(results)).toEqual(['running', 'import', 'query']);
  });

  it('lets the next in when a task fails', async () => {
    const gate = createPriorityGate(1, 10);
    const failing = gate.run(() => Promise.reject(new Error('broken picture')), { priority: 'query' });
    const next = gate.run(() => Promise.resolve('done'), { priority: 'query' });
    await expect(failing).rejects.toThrow('broken picture');
    expect(await next).toBe('done');
    expect(await gate.run(() => Promise.resolve('free again'), { priority: 'query' })).toBe('free again');
  });

  it('drops a waiting task when its signal is aborted, and never runs it', async () => {
    const gate = createPriorityGate(1, 10);
    const begun: string[] = [];
    const [running, dropped] = [task('running', begun), task('dropped', begun)];
    const first = gate.run(running.run, { priority: 'query' });
    const controller = new AbortController();
    const second = gate.run(dropped.run, { priority: 'query', signal: controller.signal });
    controller.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    running.end();
    await first;
    await turn();
    expect(begun).toEqual(['running']);
  });

  it('refuses a task when too many wait', async () => {
    const gate = createPriorityGate(1, 1);
    const running = task('running', []);
    const results = [
      gate.run(running.run, { priority: 'query' }),
      gate.run(() => Promise.resolve('waited'), { priority: 'query' }),
    ];
    await expect(gate.run(() => Promise.resolve(''), { priority: 'query' })).rejects.toMatchObject({
      code: 'ENCODER_OVERLOADED',
    });
    running.end();
    expect(await Promise.all(results)).toEqual(['running', 'waited']);
  });
});
