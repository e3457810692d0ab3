import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// `npm ci` has built dist/; a file that tsc writes is not executable by itself, and npx then says "Permission denied".
it('runs as npx lookgraph after npm ci', async () => {
  const { stdout } = await promisify(execFile)('npx', ['--no-install', 'lookgraph', '--help'], { cwd: ROOT });
  expect(stdout).toContain('Usage: lookgraph');
});
