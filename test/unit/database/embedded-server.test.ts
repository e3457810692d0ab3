import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findEmbeddedServer, takeEmbeddedLock } from '../../../src/database/embedded-lock.ts';

const SERVER = { address: 'http://127.0.0.1:4000', token: 'secret' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-server-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the server that has an embedded database open', () => {
  it('is found by its lock, which its user alone can read, until it releases it', async () => {
    expect(await findEmbeddedServer(folder)).toBeUndefined();
    const lock = await takeEmbeddedLock(folder);
    expect(await findEmbeddedServer(folder)).toBeUndefined();
    await lock.announce(SERVER);
    expect(await findEmbeddedServer(folder)).toEqual(SERVER);
    expect((await stat(join(folder, 'lock'))).mode & 0o777).toBe(0o600);
    await expect(takeEmbeddedLock(folder)).rejects.toMatchObject({ code: 'DATABASE_LOCKED' });
    await lock.release();
    expect(await findEmbeddedServer(folder)).toBeUndefined();
    await lock.announce(SERVER);
    expect(await findEmbeddedServer(folder)).toBeUndefined();
  });

  it('is none once its process has ended', async () => {
    const lock = await takeEmbeddedLock(folder);
    await lock.announce(SERVER);
    const file = join(folder, 'lock');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/"pid":\d+/, '"pid":4194300'));
    expect(await findEmbeddedServer(folder)).toBeUndefined();
  });
});
