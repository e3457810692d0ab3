/** Something wrong with one field of a product that goes in nevertheless. */
export interface FieldProblem {
  /** By our names, or an attribute's. */
  readonly field: string;
  /** dropped: left out. doubtful: kept as it stands. */
  readonly kind: 'dropped' | 'doubtful';
  /** What was expected and what was found. */
  readonly reason: string;
}
