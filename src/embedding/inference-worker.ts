import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread, ToThread, WorkerData } from './inference-messages.ts';
import { lowerRunFlag, raiseRunFlag } from './run-flag.ts';
import { openTowerSession } from './tower-session.ts';

/** Runs in a worker thread: loads one tower, then encodes one batch after the other until told to end. */
const port = parentPort;
if (port === null) throw new Error('expected to be started as a worker thread');
const { options, runFlag } = workerData as WorkerData;

const reply = (message: FromThread) => port.postMessage(message);
const problem = (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) });

try {
  const session = await openTowerSession(options);
  port.on('message', async (message: ToThread) => {
    if (!raiseRunFlag(runFlag)) return;
    try {
      if (message === 'end') {
        await session.release();
        port.close();
      } else {
        reply({ vectors: await session.encode(message.batch) });
      }
    } catch (error) {
      reply(problem(error));
    } finally {
      lowerRunFlag(runFlag);
    }
  });
  reply('ready');
} catch (error) {
  reply(problem(error));
} finally {
  lowerRunFlag(runFlag);
}
