import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { show } from '../errors.ts';

/** RFC 3339 with seconds and an offset; JavaScript's own parser takes far more than that. */
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** More digits than any price has, few enough that no comparison in SQL becomes slow. */
const DECIMAL = /^-?\d{1,30}(\.\d{1,30})?$/;

const URL_CHARACTERS = 2_000;

/** Reads RFC 3339 into a Date; writes a Date as UTC with milliseconds. */
export const DateTime = textScalar('DateTime', 'an instant like "2026-03-01T12:00:00Z"', parseInstant, (value) => {
  if (!(value instanceof Date)) throw new TypeError(`expected a Date to write, found ${show(value)}`);
  return value.toISOString();
});

/** A decimal number as a string, never a JSON number: 0.1 is not exact in binary. */
export const Decimal = textScalar('Decimal', 'a decimal number in quotes, like "12.90"', (text) =>
  DECIMAL.test(text) ? text : undefined,
);

/** An absolute http or https address of at most 2,000 characters; kept as written. */
export const HttpUrl = textScalar('URL', 'an absolute http or https address', (text) => {
  if (text.length > URL_CHARACTERS || !URL.canParse(text)) return undefined;
  return ['http:', 'https:'].includes(new URL(text).protocol) ? text : undefined;
});

/** The day must exist: JavaScript would make 2 March of 30 February. */
function parseInstant(text: string): Date | undefined {
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  if (!RFC_3339.test(text) || Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) {
    return undefined;
  }
  const instant = new Date(text.toUpperCase());
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** A scalar that travels as a string. `parse` gives undefined for what it refuses. */
function textScalar<T>(
  name: string,
  expected: string,
  parse: (text: string) => T | undefined,
  serialize: (value: unknown) => string = serializeText,
): GraphQLScalarType<T, string> {
  const parseValue = (value: unknown, node?: ValueNode): T => {
    const parsed = typeof value === 'string' ? parse(value) : undefined;
    if (parsed === undefined) {
      throw new GraphQLError(`expected ${expected}, found ${show(value)}`, node === undefined ? {} : { nodes: node });
    }
    return parsed;
  };
  return new GraphQLScalarType<T, string>({
    name,
    parseValue: (value) => parseValue(value),
    parseLiteral: (node) => parseValue(literal(node), node),
    serialize,
  });
}

/** A number written into the query is as inexact as one in JSON, so it is handed on as a number, which `parse` never sees. */
function literal(node: ValueNode): unknown {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value);
  return node.kind === Kind.STRING ? node.value : node.kind;
}

function serializeText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`expected text to write, found ${show(value)}`);
  return value;
}
