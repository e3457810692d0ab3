import { catalogStatements } from './catalog-statements.ts';
import { databaseStatements } from './database-statements.ts';
import { evaluationStatements } from './evaluation-statements.ts';
import { searchStatements } from './search-statements.ts';
import type { SampleStatements } from './statement-docs.ts';

/** Each statement that the program sends, by the name of its builder. */
export const allStatements: SampleStatements = {
  ...databaseStatements,
  ...catalogStatements,
  ...searchStatements,
  ...evaluationStatements,
};
