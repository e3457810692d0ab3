import { useSignal } from '@preact/signals';
import { looksForSomething, MOST_TERMS, type Term, withTerm, withTermAt } from '../search/search.ts';
import { endTyping, goTo, search } from '../search/session.ts';
import { Icon } from './icon.tsx';
import { PictureTerm } from './picture-term.tsx';
import { ProductTerm } from './product-term.tsx';
import { TermHead } from './term-head.tsx';
import { WeightSlider } from './weight-slider.tsx';

/** What is looked for, term by term, each with its weight. Nothing where only words in the search box are. */
export function TermTray() {
  const { words, wordsWeight, terms } = search.value;
  const typed = words.trim();
  if (!looksForSomething(search.value) && terms.length === 0) return null;
  // The search box says it already.
  if (terms.length === 0 && wordsWeight === 1) return <AddWords />;
  return (
    <section class="tray" aria-labelledby="tray-title">
      <h2 id="tray-title">Looking for</h2>
      <ul>
        {typed !== '' && (
          <li class="term">
            <TermHead icon="words" name={typed} />
            <WeightSlider
              of={typed}
              weight={wordsWeight}
              onChange={(weight) => goTo({ ...search.peek(), wordsWeight: weight }, 'typing')}
              onDone={endTyping}
            />
          </li>
        )}
        {terms.map((term, place) => (
          // Two terms may be equal; a term keeps its place as long as it is there.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a term is known by.
          <TermItem key={`${place} ${term.kind}`} term={term} place={place} />
        ))}
      </ul>
      {terms.length < MOST_TERMS - 1 && <AddWords />}
    </section>
  );
}

function TermItem({ term, place }: { readonly term: Term; readonly place: number }) {
  const change = (next: Term | null, how: 'push' | 'typing' = 'push') =>
    goTo(withTermAt(search.peek(), place, next), how);
  const remove = () => change(null);
  const slider = (of: string) => (
    <WeightSlider
      of={of}
      weight={term.weight}
      onChange={(weight) => change({ ...term, weight }, 'typing')}
      onDone={endTyping}
    />
  );
  switch (term.kind) {
    case 'words':
      return (
        <li class="term">
          <TermHead icon="words" name={term.text} onRemove={remove} />
          {slider(term.text)}
        </li>
      );
    case 'product':
      return (
        <li class="term">
          <ProductTerm groupId={term.groupId} weight={term.weight} onRemove={remove} />
          {slider('this product')}
        </li>
      );
    default:
      return (
        <li class="term">
          <PictureTerm term={term} onChange={change} onRemove={remove} />
          {slider('this picture')}
        </li>
      );
  }
}

function AddWords() {
  const text = useSignal('');
  const add = () => {
    if (text.value.trim() === '') return;
    goTo(withTerm(search.peek(), { kind: 'words', text: text.value.trim(), weight: 1 }));
    text.value = '';
  };
  return (
    <form
      class="add-words"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        type="text"
        aria-label="More words, as a term of their own"
        placeholder="Add words with a weight"
        maxLength={1_000}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="quiet icon-only" aria-label="Add these words">
        <Icon name="plus" />
      </button>
    </form>
  );
}
