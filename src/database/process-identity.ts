import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, extname } from 'node:path';

/** What tells a process from every other one, also from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot and ticks since then at which it started; null where the system does not say (only Linux does). */
  readonly startedAt: string | null;
  readonly host: string;
  /** For people: `lookgraph start`. */
  readonly program: string;
}

export function identifyThisProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid) ?? null, host: hostname(), program: programName() };
}

/** Whether it still runs. On another host nobody can tell, so it is taken to. */
export function isRunning(identity: ProcessIdentity): boolean {
  if (identity.host !== hostname()) return true;
  if (!isPidTaken(identity.pid)) return false;
  return identity.startedAt === null || startOf(identity.pid) === identity.startedAt;
}

function isPidTaken(pid: number): boolean {
  try {
    process.kill(pid, 0); // signal 0 asks without doing anything
    return true;
  } catch (error) {
    // EPERM: it is there, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Undefined for a process that has ended, and on systems without /proc. */
function startOf(pid: number): string | undefined {
  const status = readIfThere(`/proc/${pid}/stat`);
  const boot = readIfThere('/proc/sys/kernel/random/boot_id');
  if (status === undefined || boot === undefined) return undefined;
  // `1234 (name, perhaps with spaces and brackets) S 1 ...`: after the last bracket come field 3, the state, and so on; 22 is the start (man proc).
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const ended = state === 'Z' || state === 'X';
  return ended ? undefined : `${boot.trim()}:${fields[22 - 3]}`;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // ESRCH: the process ended between open and read.
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** The script without folder and extension, and its first argument, which names the command. */
function programName(): string {
  const [, script, command] = process.argv;
  const name = script === undefined ? 'node' : basename(script, extname(script));
  return command === undefined ? name : `${name} ${command}`;
}
