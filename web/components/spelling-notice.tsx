import type { ComponentChildren } from 'preact';
import { spellingOf } from '../search/corrections.ts';
import { shown } from '../search/results.ts';
import { type Search, withWords } from '../search/search.ts';
import { addressOf, goTo } from '../search/session.ts';

/** What misspelt words were taken for, with a way to exactly what was written, and what else may have been meant. */
export function SpellingNotice() {
  const answer = shown.value;
  if (answer === null) return null;
  const { searched, offers } = spellingOf(answer);
  const words = answer.search.words.trim();
  return (
    <>
      {searched !== null && (
        <p class="spelling">
          Showing results for <strong>{searched}</strong>.{' '}
          <SearchLink next={{ ...answer.search, exact: true }}>Search for exactly “{words}”</SearchLink>
        </p>
      )}
      {offers.length > 0 && (
        <p class="spelling">
          Did you mean{' '}
          {offers.map((offer, place) => (
            <span key={offer}>
              {place > 0 && ' or '}
              <SearchLink next={withWords(answer.search, offer)}>{offer}</SearchLink>
            </span>
          ))}
          ?
        </p>
      )}
      {answer.search.exact && words !== '' && (
        <p class="spelling">
          Showing results for exactly <strong>{words}</strong>.{' '}
          <SearchLink next={{ ...answer.search, exact: false }}>Mend the spelling</SearchLink>
        </p>
      )}
    </>
  );
}

/** A link to another search: a plain click stays on the page. */
function SearchLink({ next, children }: { readonly next: Search; readonly children: ComponentChildren }) {
  return (
    <a
      href={addressOf('search', next)}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        goTo(next);
      }}
    >
      {children}
    </a>
  );
}
