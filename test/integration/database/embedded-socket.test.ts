import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serveEmbeddedSocket } from '../../../src/database/embedded-socket.ts';
import { queryMessage, STARTUP_MESSAGE } from '../../../src/database/protocol-messages.ts';

const MAX_CONNECTIONS = 6;
const IDLE_IN_TRANSACTION_MS = 300;

let folder: string;
let pglite: PGlite;
let server: { close(): Promise<void> };
const lost: unknown[] = [];
const open = new Set<Client>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-socket-'));
  pglite = await PGlite.create();
  server = await serveEmbeddedSocket(
    {
      execute: (messages, onAnswer) =>
        pglite.runExclusive(() => pglite.execProtocolRawStream(messages, { onRawData: onAnswer })),
      isInTransaction: () => pglite.isInTransaction(),
    },
    {
      socketPath: join(folder, '.s.PGSQL.5432'),
      maxConnections: MAX_CONNECTIONS,
      idleInTransactionMs: IDLE_IN_TRANSACTION_MS,
      onEngineLost: (error) => lost.push(error),
    },
  );
  const client = await newClient();
  await client.query('create table written (by text)');
});

afterEach(async () => {
  await Promise.all([...open].map((client) => client.end()));
  open.clear();
  expect(lost).toEqual([]);
});

afterAll(async () => {
  await server.close();
  await pglite.close();
  await rm(folder, { recursive: true });
});

async function newClient(): Promise<Client> {
  const client = new Client({ host: folder, user: 'anyone', database: 'anything' });
  client.on('error', () => {}); // told by the next query as well
  await client.connect();
  open.add(client);
  return client;
}

async function writtenRows(): Promise<string[]> {
  const client = await newClient();
  const { rows } = await client.query<{ by: string }>('select by from written order by by');
  return rows.map(({ by }) => by);
}

describe('the embedded socket', () => {
  it('gives clients that hammer it, with parameters larger than a read, their own answers', async () => {
    const large = 'x'.repeat(300_000);
    async function hammer(number: number): Promise<void> {
      const client = await newClient();
      for (let i = 0; i < 20; i++) {
        if (number % 2 === 0) {
          const { rows } = await client.query('select $1::int as n, length($2::text) as size', [i, large]);
          expect(rows).toEqual([{ n: i, size: large.length }]);
        } else {
          const { rows } = await client.query('select $1::text || n as n from generate_series(1, 3) as n', [
            `${number}-`,
          ]);
          expect(rows).toEqual([1, 2, 3].map((n) => ({ n: `${number}-${n}` })));
        }
      }
    }
    await Promise.all([0, 1, 2, 3].map(hammer));
  });

  it('lets another client in only when a transaction has ended', async () => {
    const [first, second] = [await newClient(), await newClient()];
    await first.query('begin');
    await first.query("insert into written values ('first')");
    const seen = second.query('select count(*)::int as n from written');
    await first.query('rollback');
    expect((await seen).rows).toEqual([{ n: 0 }]);
  });

  it('goes on after failing statements of either protocol', async () => {
    const client = await newClient();
    await expect(client.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
    await expect(client.query('select $1::int', ['one'])).rejects.toMatchObject({ code: '22P02' });
    await expect(client.query('selec')).rejects.toMatchObject({ code: '42601' });
    expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  it('rolls back for a client that leaves in a transaction, and forgets its settings and statements', async () => {
    const leaver = await newClient();
    await leaver.query('set search_path to pg_catalog');
    await leaver.query({ name: 'mine', text: 'select $1::int', values: [1] });
    await leaver.query('begin');
    await leaver.query("insert into public.written values ('leaver')");
    open.delete(leaver);
    await leaver.end();

    expect(await writtenRows()).toEqual([]);
    const client = await newClient();
    expect((await client.query('show search_path')).rows).toEqual([{ search_path: 'public' }]);
    expect((await client.query({ name: 'mine', text: 'select $1::text as t', values: ['x'] })).rows).toEqual([
      { t: 'x' },
    ]);
  });

  it('rolls back for a client whose connection breaks in the middle of a message', async () => {
    const socket = connect(join(folder, '.s.PGSQL.5432'));
    socket.write(Buffer.concat([STARTUP_MESSAGE, queryMessage("begin; insert into written values ('broken')")]));
    await once(socket, 'data');
    socket.write(queryMessage('commit').subarray(0, 6));
    await wait(50);
    socket.destroy();
    expect(await writtenRows()).toEqual([]);
  });

  it('cuts off a client that stays in a transaction without a word, and serves the one that waits', async () => {
    const idler = await newClient();
    await idler.query('begin');
    await idler.query("insert into written values ('idler')");
    expect(await writtenRows()).toEqual([]);
    await expect(idler.query('commit')).rejects.toThrow();
    open.delete(idler);
  });

  it('leaves alone a client that is idle outside of a transaction', async () => {
    const client = await newClient();
    await client.query('select 1');
    await wait(IDLE_IN_TRANSACTION_MS * 1.5);
    expect((await client.query('select 2 as n')).rows).toEqual([{ n: 2 }]);
  });

  it('refuses more connections than it takes, and takes another when one has left', async () => {
    const clients = await Promise.all(Array.from({ length: MAX_CONNECTIONS }, newClient));
    await expect(newClient()).rejects.toMatchObject({ code: '53300' });
    const [leaver] = clients;
    if (leaver === undefined) throw new Error('expected a client');
    open.delete(leaver);
    await leaver.end();
    await expect
      .poll(() =>
        newClient().then(
          () => 'connected',
          () => 'refused',
        ),
      )
      .toBe('connected');
  });

  it.each([
    ['the simple protocol', { text: 'copy written from stdin' }],
    ['the extended protocol', { text: 'copy written from stdin', queryMode: 'extended' }],
  ])('refuses copy from stdin in %s, and goes on', async (_name, query) => {
    const client = await newClient();
    await expect(client.query(query)).rejects.toThrow('copy from stdin is not supported by the embedded database');
    expect(await writtenRows()).toEqual([]);
  });

  it.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['an unknown message', Buffer.concat([STARTUP_MESSAGE, Buffer.from('Y\0\0\0\x04')])],
  ])('answers %s with a protocol violation, and goes on with others', async (_name, bytes) => {
    const socket = connect(join(folder, '.s.PGSQL.5432'));
    const answers: Buffer[] = [];
    socket.on('data', (answer) => answers.push(answer));
    socket.write(bytes);
    await once(socket, 'end');
    expect(Buffer.concat(answers).toString('latin1')).toContain('C08P01');
    expect(await writtenRows()).toEqual([]);
  });

  it('passes over a cancel request and offers no encryption', async () => {
    const cancel = Buffer.alloc(16);
    cancel.writeUInt32BE(16, 0);
    cancel.writeUInt32BE(80877102, 4);
    const socket = connect(join(folder, '.s.PGSQL.5432'));
    socket.write(cancel);
    socket.resume();
    await once(socket, 'end');

    const encrypted = new Client({ host: folder, ssl: true });
    await expect(encrypted.connect()).rejects.toThrow('does not support SSL');
  });

  it('lets only the owner in', async () => {
    expect((await stat(join(folder, '.s.PGSQL.5432'))).mode & 0o777).toBe(0o600);
  });
});
