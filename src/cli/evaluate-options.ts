import { badInput } from '../errors.ts';
import { parseConfiguration } from '../evaluation/configuration.ts';
import type { EvaluateRequest } from '../evaluation/evaluate.ts';
import type { QuerySource } from '../evaluation/evaluation.ts';
import { DISTORTIONS, type Distortion } from '../evaluation/evaluation-query.ts';

/** The options of `lookgraph evaluate`, as they were typed. */
export interface EvaluateOptions {
  readonly queries?: string;
  readonly self?: boolean;
  readonly distort?: string;
  readonly sample?: number;
  readonly compare?: readonly string[];
  readonly seed: number;
  readonly report?: string;
  readonly json?: boolean;
}

/**
 * Makes a request of what was typed.
 *
 * @throws AppError BAD_USER_INPUT for what has no meaning
 */
export function evaluateRequest(options: EvaluateOptions): Omit<EvaluateRequest, 'signal' | 'onProgress'> {
  return {
    source: querySource(options),
    compare: (options.compare ?? []).map(parseConfiguration),
    sample: options.sample,
    seed: options.seed,
  };
}

function querySource({ queries, self = false, distort }: EvaluateOptions): QuerySource {
  if ((queries !== undefined) === self) {
    throw badInput('evaluate', 'either --queries FILE or --self', self ? 'both' : 'neither');
  }
  if (queries === undefined) {
    return { kind: 'CATALOGUE', distortions: distort === undefined ? [] : parseDistortions(distort) };
  }
  if (distort !== undefined) throw badInput('--distort', 'to come with --self', distort);
  return { kind: 'FILE', file: queries };
}

function parseDistortions(text: string): Distortion[] {
  const found = text.split(',').map((part) => {
    const name = part.trim();
    const distortion = DISTORTIONS.find((known) => known === name);
    if (distortion === undefined) throw badInput('--distort', `some of ${DISTORTIONS.join(', ')}`, name);
    return distortion;
  });
  return [...new Set(found)];
}
