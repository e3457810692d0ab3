import { checkSynonym } from '../catalog/synonyms/check-synonym.ts';
import { badInput } from '../errors.ts';
import type { MutationResolvers, QueryResolvers, SynonymResolvers, UserError } from './generated/resolver-types.ts';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';
import { checkFirst, readNumberedCursor, toConnection } from './list-pages.ts';
import { toUserError } from './user-error.ts';

/** Of both mutations. */
const MAX_SYNONYMS = 500;

export const synonymQueries = {
  synonyms: async (_, { first, after }, { deps, countObjects }) => {
    const place = readNumberedCursor(after);
    const page = await deps.listSynonyms({
      first: checkFirst(first),
      after: place && { position: place.number, id: place.id },
    });
    countObjects(page.items.length);
    return toConnection(page, (each) => ({ number: each.place.position, id: each.place.id }), after);
  },
} satisfies QueryResolvers;

export const synonymMutations = {
  upsertSynonyms: async (_, { input: { synonyms } }, { deps, loaders }) => {
    refuseTooMany(synonyms, 'input.synonyms');
    const { accepted, userErrors } = sorted(synonyms, (synonym, index) => checkSynonym(synonym, `synonyms.${index}`));
    const ids = accepted.length === 0 ? [] : await deps.addSynonyms(accepted);
    loaders.clear();
    const stored = await Promise.all([...new Set(ids)].map((id) => loaders.synonym.load(id)));
    // One that somebody else deleted right after is left out.
    return { synonyms: stored.filter((synonym) => synonym !== undefined), userErrors };
  },
  deleteSynonyms: async (_, { input: { ids } }, { deps, loaders }) => {
    refuseTooMany(ids, 'input.ids');
    const { accepted, userErrors } = sorted(ids, (id, index) => decodeGlobalId('synonym', id, `ids.${index}`));
    const deletedCount = accepted.length === 0 ? 0 : await deps.deleteSynonyms(accepted);
    loaders.clear();
    return { deletedCount, userErrors };
  },
} satisfies MutationResolvers;

export const Synonym: SynonymResolvers = {
  id: ({ id }) => encodeGlobalId('synonym', id),
};

function refuseTooMany(items: readonly unknown[], path: string): void {
  if (items.length > MAX_SYNONYMS) throw badInput(path, `at most ${MAX_SYNONYMS}`, items.length);
}

/** What is right, and what is wrong with the others. */
function sorted<Item, Accepted>(
  items: readonly Item[],
  accept: (item: Item, index: number) => Accepted,
): { accepted: Accepted[]; userErrors: UserError[] } {
  const accepted: Accepted[] = [];
  const userErrors: UserError[] = [];
  for (const [index, item] of items.entries()) {
    try {
      accepted.push(accept(item, index));
    } catch (error) {
      userErrors.push(toUserError(error, []));
    }
  }
  return { accepted, userErrors };
}
