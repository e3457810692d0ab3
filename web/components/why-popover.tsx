import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sentTerms } from '../search/request.ts';
import { type Edge, shown } from '../search/results.ts';
import type { Term } from '../search/search.ts';
import { ordinal, percent, signed, signedInColumn } from '../wording.ts';
import { Icon } from './icon.tsx';
import { LikeButtons } from './like-buttons.tsx';
import { Picture } from './picture.tsx';

const asked = signal<{ readonly edge: Edge; readonly anchor: HTMLElement } | null>(null);
const MARGIN = 12;

/** Tells beside an element why a product is among the results. */
export function explain(edge: Edge, anchor: HTMLElement): void {
  asked.value = { edge, anchor };
}

/** Why a product is where it is; one for the whole page. */
export function WhyPopover() {
  const now = asked.value;
  return now === null ? null : <OpenPopover edge={now.edge} anchor={now.anchor} />;
}

function OpenPopover({ edge, anchor }: { readonly edge: Edge; readonly anchor: HTMLElement }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    current.showPopover();
    placeBeside(current, anchor);
    current.querySelector('button')?.focus();
  }, [anchor]);
  const onToggle = (event: Event) => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    const { activeElement } = document;
    const hadFocus = element.current?.contains(activeElement) || activeElement === document.body;
    if (hadFocus) anchor.focus();
    asked.value = null;
  };
  return (
    <div
      ref={element}
      class="why"
      popover="auto"
      role="dialog"
      aria-label={`Why ${edge.node.title}`}
      onToggle={onToggle}
    >
      <header>
        <h2>Why is it here?</h2>
        <button type="button" class="quiet icon-only" aria-label="Close" onClick={() => element.current?.hidePopover()}>
          <Icon name="close" />
        </button>
      </header>
      <Reason edge={edge} />
    </div>
  );
}

function Reason({ edge }: { readonly edge: Edge }) {
  const { node, relevance, similarity, matchedImage, why } = edge;
  const at = node.images.findIndex(({ id }) => id === matchedImage?.id);
  const matched = node.images[at];
  return (
    <>
      <div class="why-head">
        {matched !== undefined && <Picture picture={matched} alt="The picture that matched" sizes="72px" />}
        <p>
          <strong>{percent(relevance)} relevance</strong>
          <br />
          {found(edge, at)}
        </p>
      </div>
      <dl class="why-parts">
        {why.named && (
          <Part name="Named" value="yes" meaning="Its title, brand, category or number is what was asked." />
        )}
        {why.vectorScore !== null && (
          <Part
            name="By its look"
            value={signedInColumn(why.vectorScore)}
            meaning={`standard deviations more similar than an arbitrary product${why.vectorRank === null ? '' : `; ${ordinal(why.vectorRank)} by this alone`}`}
          />
        )}
        <Part
          name="By its words"
          value={signedInColumn(why.wordScore)}
          meaning={
            why.wordRank === null
              ? 'no word that was looked for'
              : `the rarer the more; ${ordinal(why.wordRank)} by this alone`
          }
        />
        {why.words.map((word, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: words are known by their place, and these never change.
          <Part key={i} name={`“${word.written}”`} value={readAs(word)} meaning={READINGS[word.reading]} />
        ))}
        {why.boost !== 0 && (
          <Part name="By the shop" value={signed(why.boost)} meaning="a boost, which moves it in the order alone" />
        )}
        {why.pinned && <Part name="Pinned" value="first" meaning="The shop put it there." />}
      </dl>
      <Terms edge={edge} similarity={similarity} />
      <LikeButtons groupId={node.groupId} />
    </>
  );
}

/** What is said of each way to read a word. */
const READINGS: Readonly<Record<Word['reading'], string>> = {
  WRITTEN: 'as it was written',
  STEM: 'another form of the word',
  IRREGULAR: 'its other number or spelling',
  JOINED: 'written as one',
  SPLIT: 'written as several',
  COMPOUND: 'a part of a longer word',
  SYNONYM: 'means the same in this shop',
  CODE: 'its number',
  MENDED: 'mended spelling, less sure',
  OTHER_AMOUNT: 'another amount, which counts against it',
};

type Word = Edge['why']['words'][number];

function readAs({ found, written }: Word): string {
  return found.length === 0 ? written : found.join(', ');
}

function Part({ name, value, meaning }: { readonly name: string; readonly value: string; readonly meaning: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong> <span>{meaning}</span>
      </dd>
    </div>
  );
}

/** What each term contributed to the similarity. */
function Terms({ edge, similarity }: { readonly edge: Edge; readonly similarity: number | null }) {
  const terms = shown.value === null ? [] : sentTerms(shown.value.search);
  const shares = edge.why.termSimilarities ?? [similarity];
  if (similarity === null || shares.length !== terms.length) return null;
  const largest = Math.max(...shares.map((share) => Math.abs(share ?? 0)), Number.EPSILON);
  return (
    <>
      <h3>What each term contributed</h3>
      <ul class="why-terms">
        {terms.map((term, i) => {
          const share = shares[i] ?? null;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: terms are known by their place, and these never change.
            <li key={i} class={share !== null && share < 0 ? 'is-negative' : ''}>
              <span>{nameOf(term)}</span>
              <span class="bar" style={{ '--share': share === null ? 0 : Math.abs(share) / largest }} />
              <strong>{share === null ? 'words only' : signedInColumn(share)}</strong>
            </li>
          );
        })}
      </ul>
      <p class="fine">Together the cosine similarity of {signedInColumn(similarity)}.</p>
    </>
  );
}

function found({ node, why }: Edge, at: number): string {
  if (at >= 0) {
    return node.images.length === 1
      ? 'Its picture matched.'
      : `Picture ${at + 1} of ${node.images.length} matched best.`;
  }
  return why.vectorScore === null ? 'Found by its words.' : 'Compared by its text: it has no picture.';
}

function nameOf(term: Term): string {
  switch (term.kind) {
    case 'words':
      return `“${term.text}”`;
    case 'product':
      return `like ${term.groupId}`;
    default:
      return term.region === null ? 'the picture' : 'part of the picture';
  }
}

/** Below the anchor, or above it where there is more room; always within the window. Phones have it at the lower edge (why.css). */
function placeBeside(element: HTMLElement, anchor: HTMLElement): void {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = box.bottom + 6;
  const top = below + height + MARGIN <= innerHeight ? below : box.top - height - 6;
  element.style.setProperty('--left', `${Math.max(MARGIN, Math.min(box.left, innerWidth - width - MARGIN))}px`);
  element.style.setProperty('--top', `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`);
}
