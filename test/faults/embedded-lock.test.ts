import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeEmbeddedLock } from '../../src/database/embedded-lock.ts';
import { firstLine, startChild } from '../support/child-process.ts';

const TAKE_LOCK = new URL('./children/take-lock.ts', import.meta.url);
const SOME_ID = '0b7f9f3e-3f43-4b1e-9d50-2c6a1d9a0c11';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A lock left by a process that was killed. */
async function leaveStaleLock(): Promise<void> {
  const child = startChild(TAKE_LOCK, [folder]);
  expect(await firstLine(child)).toBe('taken');
  child.process.kill('SIGKILL');
  await child.ended;
  expect(await readdir(folder)).toEqual(['lock']);
}

async function writeLock(holder: object): Promise<void> {
  await writeFile(join(folder, 'lock'), JSON.stringify(holder));
}

describe('the lock on a data folder', () => {
  it('refuses another process by the name and the pid of the holder, and is free when that has released it', async () => {
    const holder = startChild(TAKE_LOCK, [folder]);
    expect(await firstLine(holder)).toBe('taken');
    await expect(takeEmbeddedLock(folder)).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
      message: expect.stringContaining(`is open in process ${holder.process.pid} (take-lock ${folder})`),
    });
    holder.process.stdin?.end();
    expect(await holder.ended).toBe(0);
    expect(await readdir(folder)).toEqual([]);
    await (await takeEmbeddedLock(folder)).release();
  });

  it('is taken over from a process that was killed', async () => {
    await leaveStaleLock();
    const lock = await takeEmbeddedLock(folder);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is cleared of what processes left that were killed while they took it, and of nothing of those that run', async () => {
    await leaveStaleLock();
    await rename(join(folder, 'lock'), join(folder, `lock.${SOME_ID}`));
    const other = `lock.${SOME_ID.replace('0', '1')}`;
    await writeFile(join(folder, other), JSON.stringify({ id: SOME_ID, pid: 1, host: 'another', program: 'x' }));
    const lock = await takeEmbeddedLock(folder);
    expect((await readdir(folder)).toSorted()).toEqual(['lock', other]);
    await lock.release();
  });

  it('is taken over by exactly one of twenty processes that find it stale at once', async () => {
    await leaveStaleLock();
    const children = Array.from({ length: 20 }, () => startChild(TAKE_LOCK, [folder]));
    const answers = await Promise.all(children.map(firstLine));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(answers.filter((answer) => answer?.startsWith('DATABASE_LOCKED'))).toHaveLength(19);
    for (const child of children) child.process.stdin?.end();
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(Array(20).fill(0));
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over when the pid belongs to another process by now', async () => {
    await writeLock({
      id: SOME_ID,
      pid: process.ppid,
      startedAt: 'another boot:1',
      host: hostname(),
      program: 'lookgraph start',
    });
    const lock = await takeEmbeddedLock(folder);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it('is not taken from a running process of unknown start', async () => {
    await writeLock({ id: SOME_ID, pid: process.ppid, startedAt: null, host: hostname(), program: 'lookgraph start' });
    await expect(takeEmbeddedLock(folder)).rejects.toThrow(`process ${process.ppid} (lookgraph start)`);
  });

  it('is not taken from a process on another host, and says what to do', async () => {
    await writeLock({ id: SOME_ID, pid: 1, startedAt: null, host: 'elsewhere', program: 'lookgraph start' });
    await expect(takeEmbeddedLock(folder)).rejects.toThrow(
      `on the host elsewhere; if it has ended, delete ${join(folder, 'lock')}`,
    );
  });

  it.each(['', '{"pid": 1', 'null', '{"id": "../../etc", "pid": 1, "host": "x"}'])(
    'is taken over from a file that says %j',
    async (text) => {
      await writeFile(join(folder, 'lock'), text);
      await (await takeEmbeddedLock(folder)).release();
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('is taken over although another taking over was killed half-way', async () => {
    const dead = { pid: 2 ** 22 + 1, startedAt: null, host: hostname(), program: 'lookgraph start' };
    await writeLock({ id: SOME_ID, ...dead });
    await writeFile(
      join(folder, `lock.${SOME_ID}.claim`),
      JSON.stringify({ id: SOME_ID.replace('0b', '0c'), ...dead }),
    );
    await (await takeEmbeddedLock(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves the lock of a later holder alone when it is released late', async () => {
    const first = await takeEmbeddedLock(folder);
    await rm(join(folder, 'lock')); // by hand
    const second = await takeEmbeddedLock(folder);
    await first.release();
    expect(await readdir(folder)).toEqual(['lock']);
    await second.release();
  });
});
