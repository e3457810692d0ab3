import { availableParallelism, totalmem } from 'node:os';
import { defineConfig } from 'vitest/config';
import { QUICK_WEBASSEMBLY } from './test/support/quick-webassembly.ts';

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
 * Each file, and each process that it starts, opens an embedded PostgreSQL for itself. So that takes .84 in place of 1.16 seconds of a core (docs/testing.md). Searching 1,200
 * times (oracle.test.ts) takes 5 % longer.
 */
const OPENS_EMBEDDED = { execArgv: [...QUICK_WEBASSEMBLY] };

const withDatabase = { globalSetup: ['test/support/database-setup.ts'], ...OPENS_EMBEDDED };

/**
 * One process for many files: starting one and importing the program took as long as the tests of most files. What a file opens it closes, and each has a database of
 * its own; those of faults, which kill, and of model, which hold all cores, stay apart.
 */
const ONE_PROCESS = { isolate: false };

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      // Vitest begins projects in the order of their names: the many small files of this one fill the cores at the end, before page.
      project('unit', 60, ONE_PROCESS),
      project('integration', 180, { ...withDatabase, ...ONE_PROCESS }),
      project('model', 300, { globalSetup: ['test/support/demo-setup.ts'] }),
      project('e2e', 300, {
        ...OPENS_EMBEDDED,
        ...ONE_PROCESS,
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
