import { badInput } from '../errors.ts';
import type { WordMatching } from '../search/request/search-request.ts';

/** How the queries are asked: what two configurations of one evaluation may differ in. */
export interface Configuration {
  /** As it was written: `words=off,filter=category`; `default` for none of it. */
  readonly name: string;
  /** (AUTO) Whether matching words count beside the vectors. */
  readonly words: WordMatching;
  /** (false) Whether only the expected category is searched, as if the shopper had chosen it. */
  readonly filterByCategory: boolean;
  /** (null) The name of the model whose vectors are compared; null for the active one. */
  readonly model: string | null;
  /** (1) Of the words of a query, -1 to 1, not 0. */
  readonly textWeight: number;
  /** (1) Of the picture of a query, -1 to 1, not 0. */
  readonly pictureWeight: number;
}

/** What searches do where nobody asks for anything else. */
export const DEFAULT_CONFIGURATION: Configuration = {
  name: 'default',
  words: 'AUTO',
  filterByCategory: false,
  model: null,
  textWeight: 1,
  pictureWeight: 1,
};

interface Setting {
  readonly expected: string;
  /** @returns undefined for what is not as expected */
  readonly parse: (value: string) => Partial<Configuration> | undefined;
}

const SETTINGS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ['words', { expected: 'auto, off or only', parse: oneOf({ auto: 'AUTO', off: 'OFF', only: 'ONLY' }, 'words') }],
  ['filter', { expected: 'off or category', parse: oneOf({ off: false, category: true }, 'filterByCategory') }],
  ['model', { expected: 'the name of a model', parse: (value) => (value === '' ? undefined : { model: value }) }],
  ['text', { expected: 'a weight, -1 to 1 and not 0', parse: weight('textWeight') }],
  ['picture', { expected: 'a weight, -1 to 1 and not 0', parse: weight('pictureWeight') }],
]);

/**
 * Reads a configuration as it is typed: settings with commas between them, each one of `words=auto|off|only`, `filter=off|category`, `model=<name>`,
 * `text=<weight>` and `picture=<weight>`. What is not mentioned is as by default.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function parseConfiguration(text: string): Configuration {
  let configuration: Configuration = { ...DEFAULT_CONFIGURATION, name: text };
  for (const part of text.split(',')) {
    const [name = '', value = '', ...rest] = part.split('=').map((side) => side.trim());
    const setting = SETTINGS.get(name);
    if (setting === undefined || rest.length > 0) {
      throw badInput('--compare', `settings like words=off,filter=category (${[...SETTINGS.keys()].join(', ')})`, part);
    }
    const change = setting.parse(value);
    if (change === undefined) throw badInput(`--compare ${name}`, setting.expected, value);
    configuration = { ...configuration, ...change };
  }
  return configuration;
}

function oneOf<Key extends keyof Configuration>(
  choices: Readonly<Record<string, Configuration[Key]>>,
  key: Key,
): Setting['parse'] {
  return (value) => (Object.hasOwn(choices, value) ? { [key]: choices[value] } : undefined);
}

function weight(key: 'textWeight' | 'pictureWeight'): Setting['parse'] {
  return (value) => {
    const number = value === '' ? Number.NaN : Number(value);
    return Math.abs(number) <= 1 && number !== 0 ? { [key]: number } : undefined;
  };
}
