import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { QUICK_WEBASSEMBLY } from './quick-webassembly.ts';

/** A script of ours in a process of its own, which talks in lines. */
export interface Child {
  readonly process: ChildProcess;
  /** What it writes to standard output, line by line; ends when it ends. */
  readonly lines: AsyncIterable<string>;
  /** Resolves when it has ended, to its exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** @param script - a TypeScript file, as a URL; WebAssembly is compiled fast, since most of these end soon */
export function startChild(script: URL, args: readonly string[]): Child {
  const process = spawn(
    globalThis.process.execPath,
    [...QUICK_WEBASSEMBLY, '--import', 'tsx', script.pathname, ...args],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  return {
    process,
    lines: createInterface({ input: process.stdout }),
    ended: once(process, 'exit').then(([code]) => code as number | null),
  };
}

/** The first line that it writes; undefined if it ends without one. */
export async function firstLine(child: Child): Promise<string | undefined> {
  for await (const line of child.lines) return line;
  return undefined;
}
