import type { ProductFilter, ValueFilter } from '../../src/search/request/search-request.ts';

/** Columns of the flat table that other engines get beside the vectors: one value each, empty where a product has none. */
export const TEXT_COLUMNS = ['brand', 'color', 'gender', 'usage', 'category_1', 'category_2', 'category_3'] as const;
export type TextColumn = (typeof TEXT_COLUMNS)[number];

/** What a product has in the flat table. The price is a number, since the engines have no decimals: both ends of a range are read the same way. */
export type FlatProduct = Readonly<Record<TextColumn, string>> & { readonly price: number };

/** A filter on flat columns, in the form that engines' dialects are written from. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'in'; readonly column: TextColumn; readonly values: readonly string[] }
  | { readonly op: 'between'; readonly min: number | undefined; readonly max: number | undefined };

const ATTRIBUTES: ReadonlySet<string> = new Set<TextColumn>(['color', 'gender', 'usage']);

/**
 * The filters that the workload has, on flat columns.
 *
 * @throws Error for a condition that no flat column answers, rather than leaving it out
 */
export function flatCondition(filter: ProductFilter): Condition {
  const { and = [], or, not, category, brand, price, attributes = [], ...others } = filter;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Error(`expected a filter on flat columns, found one on ${unknown}`);
  return joined([
    ...and.map(flatCondition),
    ...(or === undefined ? [] : [{ op: 'or', of: or.map(flatCondition) } as const]),
    ...(not === undefined ? [] : [{ op: 'not', of: flatCondition(not) } as const]),
    ...(category === undefined ? [] : [inCategories(category)]),
    ...(brand === undefined ? [] : values('brand', brand)),
    ...(price === undefined ? [] : [{ op: 'between', min: number(price.min), max: number(price.max) } as const]),
    ...attributes.flatMap((attribute) => values(attributeColumn(attribute.name), attribute)),
  ]);
}

function joined(conditions: readonly Condition[]): Condition {
  const [only] = conditions;
  return conditions.length === 1 && only !== undefined ? only : { op: 'and', of: conditions };
}

function inCategories({ in: keys, includeDescendants = true }: NonNullable<ProductFilter['category']>): Condition {
  if (!includeDescendants) throw new Error('expected a category with everything below it');
  return {
    op: 'or',
    of: keys.map((key) => {
      if (key.kind !== 'path') throw new Error(`expected a category by its path, found one by ${key.kind}`);
      return joined(key.path.map((name, level) => ({ op: 'in', column: levelColumn(level), values: [name] })));
    }),
  };
}

function levelColumn(level: number): TextColumn {
  const column = `category_${level + 1}` as TextColumn;
  if (!TEXT_COLUMNS.includes(column)) throw new Error(`expected a category of at most 3 levels, found ${level + 1}`);
  return column;
}

function attributeColumn(name: string): TextColumn {
  if (!ATTRIBUTES.has(name)) throw new Error(`expected one of ${[...ATTRIBUTES].join(', ')}, found ${name}`);
  return name as TextColumn;
}

function values(column: TextColumn, { in: some, notIn: none }: ValueFilter): Condition[] {
  return [
    ...(some === undefined ? [] : [{ op: 'in', column, values: some } as const]),
    ...(none === undefined ? [] : [{ op: 'not', of: { op: 'in', column, values: none } } as const]),
  ];
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** As SQL of the engines: literals, since LanceDB has no parameters; undefined for a condition that holds for everything. */
export function conditionSql(condition: Condition): string | undefined {
  switch (condition.op) {
    case 'and':
    case 'or': {
      const parts = condition.of.map((part) => conditionSql(part) ?? 'true');
      if (parts.length === 0) return condition.op === 'and' ? undefined : 'false';
      return parts.length === 1 ? parts[0] : `(${parts.join(` ${condition.op} `)})`;
    }
    case 'not':
      return `not (${conditionSql(condition.of) ?? 'true'})`;
    case 'in': {
      const [only, ...others] = condition.values.map(quoted);
      if (only === undefined) return 'false';
      return others.length === 0
        ? `${condition.column} = ${only}`
        : `${condition.column} in (${[only, ...others].join(', ')})`;
    }
    case 'between':
      return (
        [
          ...(condition.min === undefined ? [] : [`price >= ${condition.min}`]),
          ...(condition.max === undefined ? [] : [`price <= ${condition.max}`]),
        ].join(' and ') || undefined
      );
  }
}

/**
 * The parts of a condition that all have to hold, if each is a plain comparison of a column: sqlite-vec answers these and no others on the columns of a vector
 * table. Undefined if one is not.
 */
export function plainComparisons(condition: Condition): readonly string[] | undefined {
  if (condition.op === 'and') {
    const parts = condition.of.map(plainComparisons);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (condition.op === 'or')
    return condition.of.length === 1 ? plainComparisons(condition.of[0] as Condition) : undefined;
  if (condition.op === 'not') {
    const { of } = condition;
    return of.op === 'in' ? of.values.map((value) => `${of.column} != ${quoted(value)}`) : undefined;
  }
  if (condition.op === 'in' && condition.values.length === 0) return undefined;
  const text = conditionSql(condition);
  return text === undefined ? [] : [text];
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
