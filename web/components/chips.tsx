import { filterChips, offersOf } from '../search/chips.ts';
import { interpretation } from '../search/interpretation.ts';
import { goTo, search } from '../search/session.ts';
import { Icon } from './icon.tsx';

/** Beneath the search box: what narrows the search, to be taken away, and what its words could be instead, to be taken. */
export function Chips() {
  const { words, parts } = interpretation.value;
  const chosen = filterChips(search.value);
  const offers = offersOf(search.value, words, parts);
  if (chosen.length === 0 && offers.length === 0) return null;
  return (
    <div class="chips">
      {chosen.length > 0 && (
        <ul aria-label="Filters of this search">
          {chosen.map(({ label, next }) => (
            <li key={label}>
              <button
                type="button"
                class="chip"
                aria-label={`Take away the filter ${label}`}
                onClick={() => goTo(next)}
              >
                {label} <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {offers.length > 0 && (
        <ul aria-label="What these words could be instead">
          {offers.map(({ label, from, next }) => (
            <li key={`${from} ${label}`}>
              <button
                type="button"
                class="chip is-offered"
                aria-label={`Filter by ${label} instead of the words ${from}`}
                onClick={() => goTo(next)}
              >
                <Icon name="plus" /> {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
