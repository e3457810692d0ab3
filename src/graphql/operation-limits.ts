import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** What one operation may ask for; generous beside what a page needs. */
export const OPERATION_LIMITS = {
  /** Of the document; each name, number and bracket is one. Values belong into variables. */
  tokens: 2_000,
  /** Levels of fields below the operation. */
  depth: 12,
  /** Fields, with each fragment counted as often as it is used. */
  fields: 500,
  /** Fields of Query or Mutation. */
  rootFields: 20,
  /** Each encodes its terms and runs several statements. */
  searches: 5,
} as const;

/** Fields are counted no further than this: fragments that use each other double the number with every level. */
const COUNT_CEILING = 1_000_000;

interface Measure {
  readonly depth: number;
  readonly fields: number;
  /** How often each root field is asked for, under whatever name. */
  readonly root: ReadonlyMap<string, number>;
}

/** A validation rule: refuses operations that ask for too much, before anything is run. Introspection has rules of its own in graphql-js. */
export function limitOperation(context: ValidationContext): ASTVisitor {
  const ofFragment = new Map<string, Measure>();

  function measureFragment(name: string): Measure {
    const known = ofFragment.get(name);
    if (known !== undefined) return known;
    // Fragments that use themselves are refused by another rule; here they only must not be followed for ever.
    ofFragment.set(name, { depth: 0, fields: 0, root: new Map() });
    const fragment: FragmentDefinitionNode | null | undefined = context.getFragment(name);
    const measure = fragment ? measureSelection(fragment.selectionSet) : { depth: 0, fields: 0, root: new Map() };
    ofFragment.set(name, measure);
    return measure;
  }

  function measureSelection(set: SelectionSetNode): Measure {
    let depth = 0;
    let fields = 0;
    const root = new Map<string, number>();
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (name.startsWith('__')) continue;
        const below = selection.selectionSet === undefined ? undefined : measureSelection(selection.selectionSet);
        depth = Math.max(depth, 1 + (below?.depth ?? 0));
        fields += 1 + (below?.fields ?? 0);
        root.set(name, (root.get(name) ?? 0) + 1);
      } else {
        const inner =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? measureFragment(selection.name.value)
            : measureSelection(selection.selectionSet);
        depth = Math.max(depth, inner.depth);
        fields += inner.fields;
        for (const [name, times] of inner.root) root.set(name, (root.get(name) ?? 0) + times);
      }
    }
    return { depth, fields: Math.min(fields, COUNT_CEILING), root };
  }

  return {
    OperationDefinition: (operation: OperationDefinitionNode) => {
      const { depth, fields, root } = measureSelection(operation.selectionSet);
      const rootFields = [...root.values()].reduce((sum, times) => sum + times, 0);
      const found = { depth, fields, rootFields, searches: root.get('searchProducts') ?? 0 };
      for (const problem of exceeded(found)) context.reportError(new GraphQLError(problem, { nodes: operation }));
      return false;
    },
  };
}

function exceeded(found: { depth: number; fields: number; rootFields: number; searches: number }): string[] {
  const checks: [string, number, number][] = [
    ['levels of fields', found.depth, OPERATION_LIMITS.depth],
    ['fields', found.fields, OPERATION_LIMITS.fields],
    ['fields at the top', found.rootFields, OPERATION_LIMITS.rootFields],
    ['searches', found.searches, OPERATION_LIMITS.searches],
  ];
  return checks
    .filter(([, number, most]) => number > most)
    .map(([what, number, most]) => `Expected at most ${most} ${what} in one operation, found ${number}.`);
}
