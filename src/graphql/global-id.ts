import { badInput } from '../errors.ts';

/** What a global id can name. */
export type GlobalIdKind = 'product' | 'variant' | 'category' | 'image' | 'model' | 'import' | 'evaluation' | 'synonym';

const GLOBAL_ID =
  /^(?<kind>product|variant|category|image|model|import|evaluation|synonym)_(?<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The id that GraphQL shows: `product_6f0a4e36-...`. Tells kinds apart, in a log and in `node`. */
export function encodeGlobalId(kind: GlobalIdKind, uuid: string): string {
  return `${kind}_${uuid}`;
}

/** undefined for what is no global id at all. */
export function parseGlobalId(id: string): { readonly kind: GlobalIdKind; readonly uuid: string } | undefined {
  const { kind, uuid } = GLOBAL_ID.exec(id)?.groups ?? {};
  return kind === undefined || uuid === undefined ? undefined : { kind: kind as GlobalIdKind, uuid };
}

/**
 * The bare UUID of an id in an input.
 *
 * @param path - where it is in the input, dotted
 * @throws AppError BAD_USER_INPUT for an id of another kind or none at all
 */
export function decodeGlobalId(kind: GlobalIdKind, id: string, path: string): string {
  const parsed = parseGlobalId(id);
  if (parsed?.kind !== kind) throw badInput(path, `an id like ${kind}_6f0a4e36-6a0c-4b54-9d5e-3f1f6f1d2c11`, id);
  return parsed.uuid;
}
