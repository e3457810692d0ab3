/** Closes what was opened, last opened first. */
export interface Closer {
  /** Remembers a resource and returns it. */
  add<T extends { close(): Promise<void> }>(resource: T): T;
  /** Closes all of them, also when one fails, which is thrown at the end. Safe to call twice. */
  close(): Promise<void>;
}

export function createCloser(): Closer {
  const resources: { close(): Promise<void> }[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const resource of resources.reverse()) {
      await resource.close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, 'several resources could not be closed');
  }

  return {
    add(resource) {
      resources.push(resource);
      return resource;
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}
