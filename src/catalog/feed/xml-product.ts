import { addField, type FeedRecord, fieldName, type XmlElement } from './feed-record.ts';

/** Puts a product's element together from its tags and texts in their order. */
export interface ElementBuilder {
  /** @param name - as written, with prefix */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(): void;
  /** Of the outermost element, once it is closed. */
  record(): Pick<FeedRecord, 'fields' | 'tree'>;
}

interface OpenElement {
  readonly name: string;
  /** Google's are 2, without prefix 1, others 0. */
  readonly rank: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: ClosedElement[];
  /** Its texts, and what elements in it come to, in their order. */
  readonly parts: { readonly value: string; readonly isElement: boolean }[];
}

interface ClosedElement {
  readonly element: XmlElement;
  readonly rank: number;
  readonly value: string;
}

/** Attributes that are what an element without a text says, the first that it has. */
const SPEAKING_ATTRIBUTES = ['href', 'url', 'src', 'value', 'content'];

/** Atom's links to something else than the page of the product. */
const OTHER_LINK = /^(self|edit|enclosure|related|via|next|prev|first|last|shortlink|replies|hub)$/i;

/** @param googlePrefixes - those that stand for Google's namespace; `''` is none */
export function createElementBuilder(googlePrefixes: ReadonlySet<string>): ElementBuilder {
  const open: OpenElement[] = [];
  let closed: ClosedElement | undefined;

  return {
    open(name, attributes) {
      const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : '';
      const rank = googlePrefixes.has(prefix) ? 2 : prefix === '' ? 1 : 0;
      open.push({
        name: fieldName(localName(name)),
        rank,
        attributes: byFieldName(attributes),
        children: [],
        parts: [],
      });
    },
    text(text) {
      open.at(-1)?.parts.push({ value: text, isElement: false });
    },
    close() {
      const element = open.pop();
      if (!element) return;
      closed = toClosed(element, open.length === 0);
      const outer = open.at(-1);
      outer?.children.push(closed);
      outer?.parts.push({ value: closed.value, isElement: true });
    },
    record() {
      return closed ? toRecord(closed.element) : { fields: new Map() };
    },
  };
}

/** A name without its namespace's prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const valuesOfChildren = new WeakMap<XmlElement, string>();

function toClosed({ name, rank, attributes, children, parts }: OpenElement, isRecord: boolean): ClosedElement {
  const text = parts
    .map(({ value, isElement }) => (isElement ? '' : value))
    .join('')
    .trim();
  const ranks = new Map<string, number>();
  for (const child of children) {
    ranks.set(child.element.name, Math.max(child.rank, ranks.get(child.element.name) ?? 0));
  }
  const kept = isRecord ? children.filter((child) => child.rank === ranks.get(child.element.name)) : children;
  const element: XmlElement = { name, attributes, text, children: kept.map((child) => child.element) };
  const value = isRecord ? '' : toValue(text, attributes, parts);
  valuesOfChildren.set(element, value);
  return { element, rank, value };
}

/** An element as one text: its own; of elements in it theirs, with colons as Google writes the same in columns; both as it is read. */
function toValue(text: string, attributes: XmlElement['attributes'], parts: OpenElement['parts']): string {
  const elements = parts.filter(({ isElement, value }) => isElement && value !== '');
  if (text !== '' && parts.some(({ isElement }) => isElement)) {
    return parts
      .map(({ value, isElement }) => (isElement ? ` ${value} ` : value))
      .join('')
      .trim();
  }
  if (elements.length > 0) return elements.map(({ value }) => value).join(':');
  const speaking = SPEAKING_ATTRIBUTES.map((name) => attributes[name]?.trim()).find((value) => value);
  const value = text || speaking || '';
  const currency = attributes.currency?.trim() ?? '';
  return /^[A-Z]{3}$/i.test(currency) && /^[\d.,'\s]+$/.test(value) ? `${value} ${currency}` : value;
}

function toRecord(tree: XmlElement): Pick<FeedRecord, 'fields' | 'tree'> {
  const fields = new Map<string, string[]>();
  for (const child of tree.children) {
    if (child.name === 'link' && OTHER_LINK.test(child.attributes.rel ?? '')) continue;
    for (const value of listedValues(child)) addField(fields, child.name, value);
  }
  for (const [name, value] of Object.entries(tree.attributes)) {
    if (!fields.has(name)) addField(fields, name, value);
  }
  return { fields, tree };
}

/** Of a list each value: `<images><image>a.jpg</image><image>b.jpg</image></images>`; otherwise the one of the whole element. */
function listedValues(element: XmlElement): readonly string[] {
  const [first, ...others] = element.children;
  const isList = element.text === '' && others.length > 0 && others.every(({ name }) => name === first?.name);
  return (isList ? element.children : [element]).map((each) => valuesOfChildren.get(each) ?? '');
}

/** Attributes without the declarations of namespaces, by names as `fieldName` makes them. */
export function byFieldName(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const named = Object.entries(attributes).filter(([name]) => !/^(xmlns|xml)(:|$)/.test(name));
  return Object.fromEntries(named.map(([name, value]) => [fieldName(localName(name)), value]));
}
