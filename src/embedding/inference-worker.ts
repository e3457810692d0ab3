import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread, ToThread, TowerOptions } from './inference-messages.ts';
import { openTowerSession } from './tower-session.ts';

/** Runs in a worker thread: loads one tower, then encodes one batch after the other until told to end. */
const port = parentPort;
if (port === null) throw new Error('expected to be started as a worker thread');

const reply = (message: FromThread) => port.postMessage(message);
const problem = (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) });

try {
  const session = await openTowerSession(workerData as TowerOptions);
  port.on('message', async (message: ToThread) => {
    if (message === 'end') {
      await session.release();
      port.close();
      return;
    }
    try {
      reply({ vectors: await session.encode(message.batch) });
    } catch (error) {
      reply(problem(error));
    }
  });
  reply('ready');
} catch (error) {
  reply(problem(error));
}
