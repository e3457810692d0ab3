import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { addMetrics } from '../../../src/http/metrics.ts';

describe('addMetrics', () => {
  it('keeps the first 100 names of operations, which clients choose, and puts all later ones together', async () => {
    const app = fastify();
    const { onOperation } = addMetrics(app);
    for (let index = 0; index < 150; index++) onOperation({ name: `Operation${index}`, failed: false, seconds: 0.01 });
    onOperation({ name: null, failed: true, seconds: 0.01 });
    onOperation({ name: 'Operation5', failed: false, seconds: 0.01 });
    const text = (await app.inject('/metrics')).body;
    const counts = Object.fromEntries(
      [...text.matchAll(/operation_duration_seconds_count\{operation="(\w+)",outcome="\w+"\} (\d+)/g)].map((match) => [
        match[1],
        Number(match[2]),
      ]),
    );
    expect(Object.keys(counts)).toHaveLength(102);
    expect(counts).toMatchObject({ Operation5: 2, Operation99: 1, other: 50, anonymous: 1 });
    await app.close();
  });
});
