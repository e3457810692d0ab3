import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { BenchPlace } from './place.ts';

/** A program beside this file, in a process of its own, that talks in lines. */
export interface Helper {
  /** The next line that it prints. @throws if it ends instead */
  line(): Promise<string>;
  write(line: string): void;
  /** Processor time that it has taken so far, in milliseconds, its threads included. */
  processorMs(): number;
  /** Closes its input, and waits for it to end. */
  end(): Promise<void>;
}

/** Of Linux: /proc counts in hundredths of a second (man proc_pid_stat; `getconf CLK_TCK`). */
const MS_TO_A_TICK = 10;

/** Given to a program whose shop's vectors are lifted (place.ts). */
export const LIFTED = '--lifted';

/** Given to a program with the folder of the model that made its shop's vectors. */
export const MODEL_FOLDER = '--model-folder';

/** @param file - its path from here */
export function startHelper(file: string, { url, dataFolder, lifted, modelFolder }: BenchPlace): Helper {
  const arguments_ = [...(lifted ? [LIFTED] : []), ...(modelFolder === undefined ? [] : [MODEL_FOLDER, modelFolder])];
  const child = spawn(process.execPath, ['--import', 'tsx', new URL(file, import.meta.url).pathname, ...arguments_], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      LOOKGRAPH_DATA: dataFolder,
      ...(url !== undefined && { DATABASE_URL: url }),
      // Read by PostGraphile alone.
      GRAPHILE_ENV: 'production',
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  return {
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${file} ended`);
      return value;
    },
    write: (line) => void child.stdin.write(`${line}\n`),
    processorMs() {
      // Behind the name in brackets, which may hold spaces: fields 14 and 15 of all are user and system time.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * MS_TO_A_TICK;
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
