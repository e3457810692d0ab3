/** What the explorer begins with: the operation that the page hands over behind the #, which no server sees, or an example. */
export interface FirstOperation {
  readonly query: string | undefined;
  readonly variables: string | undefined;
}

/** @param hash - of the address, with or without the # */
export function firstOperation(hash: string): FirstOperation {
  const handed = new URLSearchParams(hash.replace(/^#/, ''));
  return { query: handed.get('query') ?? undefined, variables: handed.get('variables') ?? undefined };
}
