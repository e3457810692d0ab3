import type { DirectResult } from './direct.ts';
import type { Operation } from './operations.ts';
import type { Helper } from './start-helper.ts';

export interface AskedServer {
  /** `http://127.0.0.1:4000` */
  readonly address: string;
  readonly process: Helper;
}

/** Asks a server for as many requests as wanted, so many at once; each waits for its whole answer. @throws Error if one holds errors, or not what it should */
export async function ask(
  { address, process: server }: AskedServer,
  p: { operation: Operation; concurrency: number; from: number; count: number },
): Promise<DirectResult> {
  const bodies = await Promise.all(
    Array.from({ length: p.count }, async (_, number) => JSON.stringify(await p.operation.request(p.from + number))),
  );
  const milliseconds: number[] = [];
  const processorBefore = server.processorMs();
  const started = performance.now();
  const oneAfterTheOther = async () => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      const begun = performance.now();
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const answer = await response.text();
      milliseconds.push(performance.now() - begun);
      if (!response.ok || answer.startsWith('{"errors"') || !answer.includes(p.operation.answer))
        throw new Error(`${p.operation.name}: ${answer.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: p.concurrency }, oneAfterTheOther));
  return { milliseconds, wallMs: performance.now() - started, processorMs: server.processorMs() - processorBefore };
}
