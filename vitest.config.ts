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

const withDatabase = { globalSetup: ['test/support/database-setup.ts'] };

export default defineConfig({
  test: {
    // Two at a time: each database test may hold an embedded PostgreSQL of some 300 MB.
    maxWorkers: 2,
    projects: [
      project('unit', 60),
      project('integration', 180, withDatabase),
      project('model', 300),
      project('e2e', 300, withDatabase),
      project('faults', 600, withDatabase),
      // In a real browser; without Chromium all but the sizes are skipped, visibly. One file at a time: each has a server, and Chromium.
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
