import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hashOf, keptFolder } from './kept.ts';
import { QUICK_WEBASSEMBLY } from './quick-webassembly.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What the compiled program reads beside dist/. */
const BESIDE_DIST = ['node_modules', 'migrations', 'sql', 'schema.graphql', 'package.json'];
/** All that dist/ is made of. */
const MADE_OF = ['src', 'demo', 'tsconfig.build.json', 'tsconfig.json'];

/** The program as it is shipped: compiled, apart from its source. */
export interface CompiledProgram {
  /** Runs `lookgraph ...` to its end. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv, options?: RunOptions): Promise<Outcome>;
  /** Starts it and leaves it running. */
  start(args: readonly string[], env?: NodeJS.ProcessEnv): RunningProgram;
  /** Runs `node dist/src/main.js`, as npm start does. */
  startMain(env?: NodeJS.ProcessEnv): RunningProgram;
  /** Ends what still runs. */
  remove(): Promise<void>;
}

export interface RunOptions {
  /** For its standard input, which is closed otherwise. */
  readonly input?: Uint8Array;
  /** The folder that it runs in. */
  readonly cwd?: string;
}

export interface Outcome {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProgram {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Waits for text on stdout or stderr. @throws when the program ends without it */
  printed(text: string | RegExp): Promise<string>;
  readonly ended: Promise<Outcome>;
}

/**
 * Compiles src/ and demo/ into a folder of its own, so that a dist/ in use is left alone.
 *
 * @param options.models - its models/ (the project's)
 */
export async function compileProgram({ models = path.join(ROOT, 'models') } = {}): Promise<CompiledProgram> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-program-'));
  const hash = hashOf(MADE_OF, ['typescript']);
  // Copied, not linked: Node looks for what is beside dist/ from where a file really lies.
  await cp(await keptFolder('program', hash, compile), path.join(folder, 'dist'), { recursive: true });
  await symlink(models, path.join(folder, 'models'));
  await Promise.all(BESIDE_DIST.map((name) => symlink(path.join(ROOT, name), path.join(folder, name))));

  const cli = path.join(folder, 'dist/src/cli/lookgraph.js');
  const running = new Set<ChildProcess>();
  const start = (
    script: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    { input, cwd }: RunOptions = {},
  ) => {
    const child = spawn(process.execPath, [...QUICK_WEBASSEMBLY, script, ...args], {
      env: cleanEnvironment(env),
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      ...(cwd !== undefined && { cwd }),
    });
    child.stdin?.end(input);
    running.add(child);
    child.on('close', () => running.delete(child));
    return follow(child);
  };
  return {
    run: (args, env, options) => start(cli, args, env, options).ended,
    start: (args, env) => start(cli, args, env),
    startMain: (env) => start(path.join(folder, 'dist/src/main.js'), [], env),
    async remove() {
      // Left over by a test that failed.
      for (const child of running) child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Seven files of tests run the same program, and compiling takes nine seconds of a core: once is enough. */
async function compile(dist: string): Promise<void> {
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '-p', path.join(ROOT, 'tsconfig.build.json'), '--outDir', dist];
  await promisify(execFile)(process.execPath, args).catch((error: { stdout: string }) => {
    throw new Error(`the source does not compile:\n${error.stdout}`);
  });
}

/** Nothing of the tests' own environment may configure the program. */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', LOOKGRAPH_DEMO: 'off', ...env };
}

function follow(child: ChildProcess): RunningProgram {
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const collect = (name: keyof typeof output) => (chunk: Buffer) => {
    output[name] += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', collect('stdout'));
  child.stderr?.on('data', collect('stderr'));
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...output }));
  });
  return {
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = new RegExp(text).exec(`${output.stdout}${output.stderr}`);
          if (!match) return;
          listeners.delete(look);
          resolve(match[0]);
        };
        listeners.add(look);
        look();
        ended.then(({ stdout, stderr }) => reject(new Error(`ended without ${text}: ${stdout}${stderr}`)), reject);
      }),
  };
}
