import { checkImportOrder } from '../catalog/import-order.ts';
import { AppError, badInput } from '../errors.ts';
import type { MutationResolvers } from './generated/resolver-types.ts';
import { decodeGlobalId } from './global-id.ts';
import { toUserError } from './user-error.ts';

export const importMutations = {
  startImport: async (_, { input }, { deps, loaders }) => {
    try {
      const { source, mapping, ...rest } = input;
      const columns = mapping && Object.fromEntries(mapping.map(({ column, field }) => [column, field ?? null]));
      const order = checkImportOrder({ ...rest, ...source, url: source.url?.toString(), mapping: columns });
      const { importId } = await deps.startImport(order);
      return { import: (await loaders.import.load(importId)) ?? null, userErrors: [] };
    } catch (error) {
      return { import: null, userErrors: [toUserError(error, [])] };
    }
  },
  cancelImport: async (_, { input }, { deps, loaders }) => {
    try {
      const id = decodeGlobalId('import', input.id, 'id');
      const run = await loaders.import.load(id);
      if (run === undefined)
        throw new AppError('NOT_FOUND', `id: expected an import, found ${input.id}`, { path: ['id'] });
      if (run.state === 'RUNNING' && deps.cancelImport(id)) return { import: run, userErrors: [] };
      const found = run.state === 'RUNNING' ? 'one of another process' : 'one that has ended';
      const problem = badInput('id', 'an import that runs in this server', found);
      return { import: run, userErrors: [toUserError(problem, [])] };
    } catch (error) {
      return { import: null, userErrors: [toUserError(error, [])] };
    }
  },
} satisfies MutationResolvers;
