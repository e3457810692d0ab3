import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { pictureProblem } from '../search/pictures.ts';
import { failure, pending, retryNow, shown } from '../search/results.ts';
import { EVERYTHING, filterCount, looksForSomething, type Search, withoutFilters } from '../search/search.ts';
import { goTo, search } from '../search/session.ts';
import { suggestions } from '../search/suggestions.ts';
import { Icon } from './icon.tsx';
import { SpellingNotice } from './spelling-notice.tsx';

/** What is wrong at the moment, and what can be done about it. */
export function Notices() {
  return (
    <>
      <PictureProblem />
      <FailureNotice />
      <SpellingNotice />
      <MatchNotice />
    </>
  );
}

function PictureProblem() {
  if (pictureProblem.value === null) return null;
  return (
    <div class="notice is-bad" role="alert">
      <Icon name="warning" />
      <p>
        <strong>This picture cannot be used.</strong> {pictureProblem.value}
      </p>
      <button
        type="button"
        class="quiet icon-only"
        aria-label="Dismiss"
        onClick={() => {
          pictureProblem.value = null;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

const TITLES = {
  unreachable: 'The server is not there at the moment.',
  busy: 'The server is busy at the moment.',
  refused: 'This search cannot be answered.',
} as const;

function FailureNotice() {
  const now = failure.value;
  if (now === null) return null;
  const { why, retryAt } = now;
  return (
    <div class="notice is-bad" role="alert">
      <Icon name="warning" />
      <p>
        <strong>{TITLES[why.kind]}</strong> {why.code !== null && why.message}
        {retryAt !== null && ' It is asked again by itself.'}
        {retryAt !== null && shown.value !== null && ' What you see is from before.'}
      </p>
      {retryAt === null ? (
        <button type="button" class="small" onClick={() => goTo(EVERYTHING)}>
          Start over
        </button>
      ) : (
        <button type="button" class="small" onClick={retryNow} disabled={pending.value}>
          {pending.value ? 'Trying ...' : 'Try now'} {!pending.value && <Countdown until={retryAt} />}
        </button>
      )}
    </div>
  );
}

/** Seconds that are left; not announced, since it changes all the time. */
function Countdown({ until }: { readonly until: number }) {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 500);
    return () => clearInterval(timer);
  }, [now]);
  return <span aria-hidden="true">({Math.max(0, Math.ceil((until - now.value) / 1_000))} s)</span>;
}

/** How good the best match is, where that must be said. */
function MatchNotice() {
  const answer = shown.value;
  if (answer === null || !looksForSomething(answer.search)) return null;
  const filters = filterCount(answer.search);
  if (answer.nearest) {
    // Half a word matches nothing, but there are completions: what is typed may still come to match.
    if (suggestions.value.length > 0) return null;
    return (
      <div class="notice is-none">
        <Icon name="search" />
        <div>
          <p>
            <strong>Nothing here really matches{named(answer.search.words)}.</strong>{' '}
            {answer.edges.length > 0 && 'Below is merely what comes nearest.'}
          </p>
          <ul class="tips">
            {filters > 0 && (
              <li>
                <button type="button" class="link" onClick={() => goTo(withoutFilters(search.peek()))}>
                  Look in the whole shop, without filters
                </button>
              </li>
            )}
            {showsPicture(answer.search) ? (
              <li>Drag a rectangle around what you mean, or add words for it.</li>
            ) : (
              <>
                <li>Name the thing itself, and its colour or material: “red saree”, “leather wallet”.</li>
                <li>Or show it: drop a picture anywhere on this page.</li>
              </>
            )}
          </ul>
        </div>
      </div>
    );
  }
  if (answer.page.matchQuality !== 'WEAK') return null;
  return (
    <div class="notice">
      <Icon name="search" />
      <p>
        <strong>These match weakly.</strong> Nothing in the shop is quite what was asked for.
      </p>
    </div>
  );
}

function showsPicture({ terms }: Search): boolean {
  return terms.some(({ kind }) => kind === 'upload' || kind === 'picture');
}

function named(words: string): string {
  return words.trim() === '' ? '' : ` “${words.trim()}”`;
}
