import { availableParallelism, totalmem } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests of one kind each; docs/architecture.md says what each kind may touch. The times only end what hangs: no test asserts on time. */
function project(name: string, timeoutSeconds: number, extra: object = {}) {
  return {
    // graphql-js comes twice, as ES and as CommonJS modules; Node takes the latter for all, and two at once refuse each other's types.
    resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: timeoutSeconds * 1000,
      hookTimeout: timeoutSeconds * 1000,
      // A test that expects nothing cannot fail.
      expect: { requireAssertions: true },
      ...extra,
    },
  };
}

/** One for each core, and two gigabytes of memory for each: a test may hold an embedded PostgreSQL, a model and the program as a child process. */
const WORKERS = Math.max(2, Math.min(availableParallelism(), Math.floor(totalmem() / 2 ** 31)));

/**
 * WebAssembly is compiled fast and not well: each file, and each process that it starts, opens an embedded PostgreSQL for itself, which takes 1.2 seconds of a core
 * so and 2.4 otherwise. Searching 1,200 times (oracle.test.ts) takes 5 % longer.
 */
const OPENS_EMBEDDED = { execArgv: ['--liftoff-only'] };

const withDatabase = { globalSetup: ['test/support/database-setup.ts'], ...OPENS_EMBEDDED };

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      // One process for many files: pure code leaves nothing behind, and starting and importing for each of 100 files took as long as their tests. Vitest
      // runs it after the other projects (by name, those that isolate first), so that its small files fill the cores at the end.
      project('unit', 60, { isolate: false }),
      project('integration', 180, withDatabase),
      project('model', 300, { globalSetup: ['test/support/demo-setup.ts'] }),
      project('e2e', 300, {
        ...OPENS_EMBEDDED,
        globalSetup: ['test/support/database-setup.ts', 'test/support/demo-setup.ts'],
      }),
      project('faults', 600, withDatabase),
      // In a real browser, one for all files; without Chromium all but the sizes are skipped, visibly. One file at a time: clipboard and focus are the browser's.
      project('page', 120, {
        globalSetup: ['test/support/page-setup.ts'],
        fileParallelism: false,
        // What is waited for comes in a moment; on a busy machine in a few.
        expect: { requireAssertions: true, poll: { timeout: 20_000 } },
      }),
      // Needs ../shared (the fashion catalogue, a native PostgreSQL); skipped, visibly, without it.
      project('large', 3000, { ...withDatabase, fileParallelism: false }),
    ],
  },
});
