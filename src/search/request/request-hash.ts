import { createHash } from 'node:crypto';
import type { CheckedRequest } from './check-request.ts';

/** SHA-256 (hex) of what a search asks for, but not which page of it. */
export function requestHash({ first: _, after: __, ...asked }: CheckedRequest): string {
  return createHash('sha256').update(canonicalJson(asked)).digest('hex');
}

/** JSON with the keys of every object in order, pictures by their hash, so that the same request always reads the same. */
function canonicalJson(value: unknown): string {
  if (value instanceof Uint8Array) return JSON.stringify(createHash('sha256').update(value).digest('hex'));
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}
