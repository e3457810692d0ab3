// Steps that work on a stream as it comes, so that reading, encoding and writing go on at the same time and nothing is held whole.
// Each takes from its source only when it is asked for more, and closes the source when it is left.

/**
 * Applies `work` to at most `limit` items at once and yields the results as they are ready: their order is not the items'. A failure is
 * thrown when what is under way has ended, so nothing goes on behind the caller's back.
 */
export async function* mapStream<Item, Result>(
  items: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const source = items[Symbol.asyncIterator]();
  const running = new Set<Promise<void>>();
  const results: Result[] = [];
  const failures: unknown[] = [];
  let ended = false;
  try {
    while (!ended || running.size > 0 || results.length > 0) {
      // Results that wait to be taken count: work that is quicker than its source must not pile them up.
      while (!ended && running.size + results.length < limit && failures.length === 0) {
        const next = await source.next();
        if (next.done) ended = true;
        else track(work(next.value));
      }
      if (results.length === 0 && running.size > 0) await Promise.race(running);
      if (failures.length > 0) throw failures[0];
      yield* results.splice(0);
    }
  } finally {
    await Promise.all(running);
    await source.return?.();
  }

  function track(promise: Promise<Result>): void {
    const tracked = promise
      .then(
        (result) => void results.push(result),
        (error: unknown) => void failures.push(error),
      )
      .then(() => void running.delete(tracked));
    running.add(tracked);
  }
}

/** Puts items together in lists of `size`; the last is shorter. */
export async function* inBatches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Asks for the next item while the one before is being worked on. */
export async function* readAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = items.next();
      // Thrown above, in its turn; until then it is not unhandled.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await next.catch(() => {});
    await items.return(undefined);
  }
}
