import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CompiledProgram, RunningProgram } from '../../test/support/compiled-program.ts';

/** One start of the server, from the moment at which the process is asked for. */
export interface TimedStart {
  /** Until it prints its address. */
  readonly listeningMs: number;
  /** Until /readyz has answered 200. */
  readonly readyMs: number;
  /** Until the first search has been answered. */
  readonly searchedMs: number;
  /** Processor time of the process by then, all threads. */
  readonly processorMs: number;
  /** Resident memory by then, and the most until then, in MiB. */
  readonly memoryMiB: number;
  readonly peakMiB: number;
  /** From SIGTERM to the end of the process. */
  readonly closedMs: number;
}

const POLL_MS = 2;
/** Of Linux: /proc counts in hundredths of a second (man proc_pid_stat; `getconf CLK_TCK`). */
const MS_TO_A_TICK = 10;
const SEARCH = {
  query: 'query ($input: ProductSearchInput!) { searchProducts(input: $input, first: 20) { nodes { id title } } }',
  variables: { input: { terms: [{ match: { text: 'red dress' } }] } },
};

/**
 * Starts `node dist/src/main.js`, waits until it is ready, searches once, and ends it.
 *
 * @param env - its configuration
 * @throws Error when it ends by itself, or answers the search with errors
 */
export async function timeStart(program: CompiledProgram, env: NodeJS.ProcessEnv): Promise<TimedStart> {
  const begun = performance.now();
  const since = (from: number) => performance.now() - from;
  const server = program.startMain({ LOOKGRAPH_LOG_LEVEL: 'error', LOOKGRAPH_SEARCH_LOG_DAYS: '0', ...env });
  try {
    const address = await listeningAddress(server);
    const listeningMs = since(begun);
    await ready(address);
    const readyMs = since(begun);
    await search(address);
    const searchedMs = since(begun);
    const used = resources(server.pid);
    const asked = performance.now();
    server.kill('SIGTERM');
    await server.ended;
    return { listeningMs, readyMs, searchedMs, ...used, closedMs: since(asked) };
  } finally {
    server.kill('SIGKILL');
  }
}

async function listeningAddress(server: RunningProgram): Promise<string> {
  const line = await server.printed(/answers on (\S+)\n/);
  return line.split(' ').at(-1)?.trim() ?? '';
}

async function ready(address: string): Promise<void> {
  while (!(await fetch(`${address}/readyz`)).ok) await sleep(POLL_MS);
}

async function search(address: string): Promise<void> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(SEARCH),
  });
  const answer = await response.text();
  if (!response.ok || answer.startsWith('{"errors"')) throw new Error(`the first search: ${answer.slice(0, 500)}`);
}

function resources(pid: number): Pick<TimedStart, 'processorMs' | 'memoryMiB' | 'peakMiB'> {
  // Behind the name in brackets, which may hold spaces: fields 14 and 15 of all are user and system time.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
  return {
    processorMs: (Number(fields[11]) + Number(fields[12])) * MS_TO_A_TICK,
    memoryMiB: mebibytes('VmRSS'),
    peakMiB: mebibytes('VmHWM'),
  };
}
