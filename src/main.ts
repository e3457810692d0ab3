import { runStart } from './cli/start.ts';

await runStart();
