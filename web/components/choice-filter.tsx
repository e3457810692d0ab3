import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { FacetField } from '../generated/operations.ts';
import { findValues } from '../search/facet-values.ts';
import { count } from '../wording.ts';

export interface Counted {
  readonly value: string;
  readonly count: number;
}

/** More than these are shown when asked for. */
const FEW = 7;
/** From so many on, values can be looked for by name. */
const MANY = 16;

/** Values to tick, most frequent first, with how often they occur. Nothing where there are none. */
export function ChoiceFilter({
  title,
  values,
  chosen,
  onToggle,
  nameOf = (value) => value,
  folded = false,
  lookFor,
}: {
  readonly title: string;
  readonly values: readonly Counted[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
  readonly nameOf?: (value: string) => string;
  /** Only the title is shown until it is opened. */
  readonly folded?: boolean;
  /** Where there are more values than these: the field that they are looked for in. */
  readonly lookFor?: FacetField | undefined;
}) {
  const all = useSignal(false);
  const wanted = useSignal('');
  /** Found by the server; null while only the values at hand are looked through. */
  const found = useSignal<readonly Counted[] | null>(null);
  const list = useId();
  const offered = withChosen(values, chosen);
  if (offered.length === 0) return null;
  const named =
    found.value ?? offered.filter(({ value }) => nameOf(value).toLowerCase().includes(wanted.value.toLowerCase()));
  const visible = all.value ? named : named.slice(0, FEW);
  return (
    <details class="filter" open={!folded || chosen.length > 0}>
      <summary>
        <h3>{title}</h3>
      </summary>
      {all.value && offered.length >= MANY && (
        <input
          type="search"
          aria-label={`Look for a value of ${title}`}
          placeholder="Look for ..."
          value={wanted.value}
          onInput={(event) => {
            const text = event.currentTarget.value;
            wanted.value = text;
            found.value = null;
            if (lookFor !== undefined && text.trim() !== '') {
              void findValues(lookFor, text, () => wanted.peek() === text).then((values) => {
                if (wanted.peek() === text) found.value = values;
              });
            }
          }}
        />
      )}
      <ul id={list} class={all.value ? 'is-long' : ''}>
        {visible.map(({ value, count: times }) => (
          <li key={value}>
            <label class="choice">
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
              <span>{nameOf(value)}</span>
              <small>{count(times)}</small>
            </label>
          </li>
        ))}
      </ul>
      {offered.length > FEW && (
        <button
          type="button"
          class="link"
          aria-expanded={all.value}
          aria-controls={list}
          onClick={() => {
            all.value = !all.value;
            wanted.value = '';
            found.value = null;
          }}
        >
          {all.value ? 'Show fewer' : lookFor ? 'Show more' : `Show all ${count(offered.length)}`}
        </button>
      )}
    </details>
  );
}

/** What is chosen can be taken back, even where nothing has it any more. */
export function withChosen(values: readonly Counted[], chosen: readonly string[]): Counted[] {
  const missing = chosen.filter((value) => !values.some((each) => each.value === value));
  return [...missing.map((value) => ({ value, count: 0 })), ...values];
}
