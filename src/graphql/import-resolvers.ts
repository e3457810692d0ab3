import type { ImportResolvers, QueryResolvers } from './generated/resolver-types.ts';
import { encodeGlobalId, parseGlobalId } from './global-id.ts';
import { checkFirst, readListCursor, readNumberedCursor, toConnection } from './list-pages.ts';

export const importQueries = {
  import: async (_, { id }, { loaders }) => {
    const parsed = parseGlobalId(id);
    return parsed?.kind === 'import' ? ((await loaders.import.load(parsed.uuid)) ?? null) : null;
  },
  imports: async (_, { first, after }, { deps, countObjects }) => {
    const place = readNumberedCursor(after);
    const page = await deps.listImports({
      first: checkFirst(first),
      after: place && { startedAt: place.number, id: place.id },
    });
    countObjects(page.items.length);
    return toConnection(page, (each) => ({ number: each.place.startedAt, id: each.place.id }), after);
  },
} satisfies QueryResolvers;

export const Import: ImportResolvers = {
  id: (parent) => encodeGlobalId('import', parent.id),
  failures: async ({ id }, { first, after }, { loaders, countObjects }) => {
    const place = readListCursor(after);
    const wanted = { first: checkFirst(first), after: place && { line: place.number, id: place.id } };
    const page = await loaders.importFailures.load({ of: id, wanted });
    countObjects(page.items.length);
    return toConnection(page, (each) => ({ number: each.place.line, id: each.place.id }), after);
  },
};
