import { expect, it } from 'vitest';
import { createHostGate } from '../../../src/catalog/host-gate.ts';

const dead = async () => {
  throw new Error('no answer');
};
const all = () => true;

it('gives a host up after three failures in a row, and tries it once when a minute is over', async () => {
  let now = 0;
  const gate = createHostGate(() => now);
  for (let i = 0; i < 3; i++) await expect(gate.ask('a', dead, all)).rejects.toThrow('no answer');
  let asked = 0;
  const answers = async () => ++asked;
  await expect(gate.ask('a', answers, all)).rejects.toMatchObject({
    code: 'IMAGE_FETCH_FAILED',
    message: expect.stringContaining('a was given up after 3 failures in a row'),
  });
  expect(asked).toBe(0);
  expect(await gate.ask('b', answers, all)).toBe(1);

  now = 60_000;
  await expect(gate.ask('a', dead, all)).rejects.toThrow('no answer');
  await expect(gate.ask('a', answers, all)).rejects.toThrow('given up after 4 failures');

  now = 120_000;
  expect(await gate.ask('a', answers, all)).toBe(2);
  expect(await gate.ask('a', answers, all)).toBe(3);
});

it('begins to count anew with each answer, also one that is no picture', async () => {
  const gate = createHostGate(() => 0);
  const notThere = async () => {
    throw new Error('404');
  };
  const isFault = (error: unknown) => error instanceof Error && error.message !== '404';
  for (let i = 0; i < 3; i++) {
    await expect(gate.ask('a', dead, isFault)).rejects.toThrow('no answer');
    await expect(gate.ask('a', dead, isFault)).rejects.toThrow('no answer');
    await expect(gate.ask('a', notThere, isFault)).rejects.toThrow('404');
  }
});

it('lets six requests through to a host at once', async () => {
  const gate = createHostGate(() => 0);
  let running = 0;
  let most = 0;
  const ask = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
  };
  await Promise.all(Array.from({ length: 30 }, () => gate.ask('a', ask, all)));
  expect(most).toBe(6);
});
