import { badInput } from '../errors.ts';
import { parseMapping } from './feed/mapping.ts';
import type { FeedOptions } from './feed/read-prices.ts';
import type { MissingTreatment } from './missing-products.ts';

/** An import that somebody asks a server for. */
export interface ImportOrder {
  /** A feed that was uploaded, or an address. */
  readonly source: { readonly upload: string } | { readonly address: string };
  /** What people call an uploaded one. */
  readonly name: string | undefined;
  /** The folder of this machine that pictures lie in which an uploaded feed names as files; null: it may name none. */
  readonly pictures: string | null;
  readonly options: FeedOptions;
  readonly missing: MissingTreatment;
  readonly confirmed: boolean;
  readonly refetch: boolean;
}

/** As it comes from outside; nothing is checked. */
export interface RawImportOrder {
  readonly upload?: unknown;
  readonly url?: unknown;
  readonly name?: unknown;
  readonly currency?: unknown;
  readonly locale?: unknown;
  /** An object as in the file of a mapping, or such a file's text. */
  readonly mapping?: unknown;
  readonly missing?: unknown;
  readonly confirmed?: unknown;
  readonly refetch?: unknown;
  readonly pictures?: unknown;
}

const LONGEST_TEXT = 2_000;

/** ISO 4217, in capitals; undefined for what is none. */
export function knownCurrency(text: string): string | undefined {
  const code = text.toUpperCase();
  return Intl.supportedValuesOf('currency').includes(code) ? code : undefined;
}

/** BCP 47, as it is written; undefined for what is none. */
export function knownLocale(text: string): string | undefined {
  return /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i.test(text) ? Intl.NumberFormat.supportedLocalesOf([text])[0] : undefined;
}

/**
 * Checks what an import is asked for with.
 *
 * @param mayNameFolder - whether it may say in which folder of this machine pictures lie: who could read them anyway
 * @throws AppError BAD_USER_INPUT
 */
export function checkImportOrder(raw: RawImportOrder, { mayNameFolder = false } = {}): ImportOrder {
  const text = (field: keyof RawImportOrder): string | undefined => {
    const value = raw[field] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '' || value.length > LONGEST_TEXT)
      throw badInput(field, `1 to ${LONGEST_TEXT.toLocaleString('en')} characters`, value);
    return value;
  };
  const known = (field: 'currency' | 'locale', read: (text: string) => string | undefined, expected: string) => {
    const value = text(field);
    const found = value === undefined ? undefined : read(value);
    if (value !== undefined && found === undefined) throw badInput(field, expected, value);
    return found;
  };
  const [upload, address, pictures] = [text('upload'), text('url'), text('pictures')];
  if ((upload === undefined) === (address === undefined)) throw badInput('source', 'either upload or url', raw.upload);
  if (pictures !== undefined && !mayNameFolder)
    throw badInput('pictures', 'nothing: pictures are web addresses', pictures);
  const { missing = 'KEEP', confirmed = false, refetch = false } = withoutNulls(raw);
  if (missing !== 'KEEP' && missing !== 'EXPIRE' && missing !== 'DELETE')
    throw badInput('missing', 'KEEP, EXPIRE or DELETE', missing);
  if (typeof confirmed !== 'boolean') throw badInput('confirmed', 'true or false', confirmed);
  if (typeof refetch !== 'boolean') throw badInput('refetch', 'true or false', refetch);
  return {
    source: upload === undefined ? { address: address ?? '' } : { upload },
    name: text('name'),
    pictures: pictures ?? null,
    options: {
      currency: known('currency', knownCurrency, 'the three letters of an ISO 4217 currency like EUR'),
      locale: known('locale', knownLocale, 'a language, with a country or without, like de or en-US'),
      mapping: toMapping(raw.mapping ?? undefined),
    },
    missing,
    confirmed,
    refetch,
  };
}

function withoutNulls(raw: RawImportOrder): RawImportOrder {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
}

function toMapping(mapping: unknown): FeedOptions['mapping'] {
  if (mapping === undefined) return undefined;
  return parseMapping(typeof mapping === 'string' ? mapping : JSON.stringify(mapping), 'mapping');
}
