import { colourOf } from '../search/colours.ts';
import { count } from '../wording.ts';
import { type Counted, withChosen } from './choice-filter.tsx';

/** Colours as swatches; those that have no colour by their name are written out. */
export function ColourFilter({
  values,
  chosen,
  onToggle,
}: {
  readonly values: readonly Counted[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}) {
  const offered = withChosen(values, chosen);
  if (offered.length === 0) return null;
  return (
    <details class="filter" open>
      <summary>
        <h3>Colour</h3>
      </summary>
      <ul class="swatches">
        {offered.map(({ value, count: times }) => {
          const colour = colourOf(value);
          return (
            <li key={value}>
              <label class="swatch" title={`${value}, ${count(times)}`}>
                <input
                  type="checkbox"
                  class="off-screen"
                  aria-label={`${value}, ${count(times)}`}
                  checked={chosen.includes(value)}
                  onChange={() => onToggle(value)}
                />
                <span
                  class={`swatch-colour ${colour === undefined ? 'is-unknown' : ''}`}
                  style={{ '--swatch': colour }}
                >
                  {colour === undefined && value.slice(0, 2)}
                </span>
                <small aria-hidden="true">{count(times)}</small>
              </label>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
