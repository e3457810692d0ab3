import { useEffect, useRef } from 'preact/hooks';
import {
  failure,
  keyOfEdge,
  loadingMore,
  moreFailure,
  pending,
  type Shown,
  showMore,
  shown,
} from '../search/results.ts';
import { EVERYTHING, filterCount, looksForSomething } from '../search/search.ts';
import { goTo, search } from '../search/session.ts';
import { NearMisses } from './near-misses.tsx';
import { ProductCard } from './product-card.tsx';

/** As many as fill the first screen. */
const SKELETONS = 12;

/** The results, page after page; skeletons of the same size until the first are there. */
export function ResultsView() {
  const answer = shown.value;
  if (answer === null) return failure.value === null ? <Skeletons number={SKELETONS} /> : null;
  const judged = looksForSomething(answer.search);
  if (answer.edges.length === 0) return <Empty />;
  return (
    <>
      <ul class="grid" aria-busy={pending.value} aria-label="Results">
        {answer.edges.map((edge, place) => (
          <li key={keyOfEdge(edge)}>
            <ProductCard edge={edge} place={place} judged={judged} />
          </li>
        ))}
      </ul>
      {loadingMore.value && <Skeletons number={4} />}
      <More answer={answer} />
      <NearMisses />
    </>
  );
}

function Skeletons({ number }: { readonly number: number }) {
  return (
    <div class="grid" aria-hidden="true">
      {Array.from({ length: number }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
        <div key={i} class="card">
          <div class="card-picture skeleton" />
          <div class="card-text">
            <p class="skeleton skeleton-line" />
            <p class="skeleton skeleton-line" />
          </div>
          <div class="card-foot" />
        </div>
      ))}
    </div>
  );
}

/** Reads on as the end comes near; by a button for those who do not scroll. */
function More({ answer }: { readonly answer: Shown }) {
  const end = useRef<HTMLDivElement>(null);
  const quiet = !pending.value;
  useEffect(() => {
    const { current } = end;
    if (current === null || !quiet || !answer.more.hasNextPage) return;
    // Anew after each page: an end that is still in sight is seen again.
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting && moreFailure.peek() === null) void showMore();
      },
      { rootMargin: '600px' },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [answer, quiet]);
  return (
    <div class="more" ref={end}>
      {moreFailure.value !== null && <p class="problem">{moreFailure.value.message}</p>}
      {answer.more.hasNextPage ? (
        <button type="button" onClick={() => void showMore()} disabled={loadingMore.value}>
          {loadingMore.value ? 'Loading ...' : 'Show more'}
        </button>
      ) : (
        <End />
      )}
    </div>
  );
}

function End() {
  const answer = shown.value;
  const hidesWeak = answer !== null && looksForSomething(answer.search) && !answer.search.weak && !answer.nearest;
  return (
    <p class="fine">
      That is all.{' '}
      {hidesWeak && (
        <button type="button" class="link" onClick={() => goTo({ ...search.peek(), weak: true })}>
          Show what matches less, too
        </button>
      )}
    </p>
  );
}

function Empty() {
  if (filterCount(search.value) === 0 && !looksForSomething(search.value)) {
    return (
      <div class="empty">
        <h3>This shop is empty.</h3>
        <p>
          <code>npx lookgraph import products.tsv</code> fills it with a product feed.
        </p>
      </div>
    );
  }
  return (
    <div class="empty">
      <h3>No product satisfies these filters.</h3>
      <p>Take one of them back, or begin again.</p>
      <button type="button" class="primary" onClick={() => goTo(EVERYTHING)}>
        Show everything
      </button>
    </div>
  );
}
