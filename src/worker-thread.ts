import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a module of ours in a thread of its own.
 *
 * Compiled, the module is JavaScript and this is `new Worker`. From source (tsx, vitest) the thread must first learn to read TypeScript: on
 * Node.js 20 `execArgv: ['--import', 'tsx']` does not reach the loader of a thread, so a line of code registers it and imports the module.
 *
 * @param name - of the module, without its extension, beside or below `base`: `./embedded-worker`
 * @param base - the caller's `import.meta.url`
 */
export function startThread(
  name: string,
  base: string,
  options: Omit<WorkerOptions, 'eval' | 'execArgv'> = {},
): Worker {
  if (base.endsWith('.js')) return new Worker(new URL(`${name}.js`, base), options);
  const module = new URL(`${name}.ts`, base).href;
  // Not import.meta.resolve, which vitest's set-up files lack; and not the CommonJS twin that require finds, whose own imports do not resolve.
  const loader = pathToFileURL(
    createRequire(base)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href;
  const code = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(module)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { ...options, execArgv: [] });
}
