import { GraphQLError } from 'graphql';
import type { Resolvers } from './generated/resolver-types.ts';

type AnyResolver = (...args: unknown[]) => unknown;

/**
 * The same resolvers, with their errors wrapped in a bare GraphQLError.
 *
 * graphql-js takes any error that has a `path` for one that already says where in the query it happened, and AppError has one: where in the
 * input it is. Unwrapped, refusals would reach the client without their place in the query.
 */
export function locateErrors(resolvers: Resolvers): Resolvers {
  return mapValues(resolvers, (type) =>
    isPlainObject(type)
      ? mapValues(type, (field, name) =>
          typeof field === 'function' && !name.startsWith('__') ? wrapped(field as AnyResolver) : field,
        )
      : type,
  ) as Resolvers;
}

function wrapped(resolver: AnyResolver): AnyResolver {
  return (...args) => {
    try {
      const result = resolver(...args);
      return result instanceof Promise ? result.catch(rethrow) : result;
    } catch (error) {
      return rethrow(error);
    }
  };
}

function rethrow(error: unknown): never {
  const originalError = error instanceof Error ? error : new Error(String(error));
  throw new GraphQLError(originalError.message, { originalError });
}

function mapValues(object: object, change: (value: unknown, key: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

/** Resolvers of a type's fields; a scalar is an instance of a class. */
function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
