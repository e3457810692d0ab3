import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { invariant } from '../../src/errors.ts';

/** A real PgBouncer in front of a PostgreSQL. */
export interface Pgbouncer {
  /** The same database by way of it. */
  readonly url: string;
  /** Has it end its connections to PostgreSQL and open new ones. */
  reconnect(): Promise<void>;
  stop(): Promise<void>;
}

/** Of `nobody` on Debian: PgBouncer does not run as root. */
const NOBODY = 65_534;

/** Where PgBouncer is installed, if it is: by PATH, or where Debian puts it. */
export function findPgbouncer(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.map((folder) => join(folder, 'pgbouncer')).find((file) => existsSync(file));
}

/** @param options.connections - that it opens to PostgreSQL at most */
export async function startPgbouncer(
  databaseUrl: string,
  options: { mode: 'session' | 'transaction'; connections: number },
): Promise<Pgbouncer> {
  const binary = findPgbouncer();
  invariant(binary !== undefined, 'PgBouncer is installed');
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'lookgraph-pgbouncer-'));
  chmodSync(folder, 0o755);
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, configuration(new URL(databaseUrl), port, options));
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const bouncer = spawn(binary, [file], { stdio: ['ignore', 'ignore', 'pipe'], ...asNobody });
  const said: string[] = [];
  bouncer.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  await untilUp(bouncer, said);
  return {
    url: url.href,
    reconnect: () => tellConsole(url, 'reconnect'),
    async stop() {
      if (bouncer.exitCode === null) {
        bouncer.kill('SIGTERM');
        await once(bouncer, 'exit');
      }
      await rm(folder, { recursive: true });
    },
  };
}

function configuration(server: URL, port: number, { mode, connections }: Parameters<typeof startPgbouncer>[1]): string {
  const login = [`user=${decodeURIComponent(server.username)}`, `password=${decodeURIComponent(server.password)}`];
  return `[databases]
* = host=${server.hostname} port=${server.port || '5432'} ${login.filter((part) => !part.endsWith('=')).join(' ')}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
admin_users = ${decodeURIComponent(server.username)}
pool_mode = ${mode}
default_pool_size = ${connections}
`;
}

async function untilUp(bouncer: ChildProcess, said: readonly string[]): Promise<void> {
  while (!said.join('').includes('process up')) {
    invariant(bouncer.exitCode === null, `PgBouncer runs; it said: ${said.join('')}`);
    await Promise.race([once(bouncer.stderr as NodeJS.ReadableStream, 'data'), once(bouncer, 'exit')]);
  }
}

async function tellConsole(url: URL, command: string): Promise<void> {
  const console = new URL(url);
  console.pathname = '/pgbouncer';
  const client = new Client({ connectionString: console.href });
  await client.connect();
  try {
    // Its console knows no prepared statements: no values, so the simple protocol.
    await client.query(command);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  invariant(typeof address === 'object' && address !== null, 'a TCP server has a port');
  server.close();
  await once(server, 'close');
  return address.port;
}
