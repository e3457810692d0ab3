import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { EVERYTHING, withWords } from '../search/search.ts';
import { endTyping, goTo, search } from '../search/session.ts';
import { clearSuggestions, type Suggestion, suggestFor, suggestions } from '../search/suggestions.ts';
import { Icon, type IconName } from './icon.tsx';
import { PictureButtons } from './picture-buttons.tsx';

/** Long enough that fast typing asks once, short enough that slow typing sees results grow. */
const DEBOUNCE_MS = 180;

const ICONS: Readonly<Record<Suggestion['kind'], IconName>> = {
  PRODUCT: 'product',
  BRAND: 'words',
  CATEGORY: 'category',
};

/** The search box with completions: a combobox after the WAI-ARIA pattern with a list of its own. */
export function SearchBox() {
  const text = useSignal(search.peek().words);
  const open = useSignal(false);
  const active = useSignal(-1);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const box = useRef<HTMLInputElement>(null);

  // Back, forward, and words that come from elsewhere.
  const { words } = search.value;
  useEffect(() => {
    if (words !== text.peek().trim()) text.value = words;
  }, [words, text]);
  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      box.current?.focus();
    };
    addEventListener('keydown', focusOnSlash);
    return () => removeEventListener('keydown', focusOnSlash);
  }, []);

  const close = () => {
    open.value = false;
    active.value = -1;
  };
  const type = (typed: string) => {
    text.value = typed;
    open.value = true;
    active.value = -1;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      goTo(withWords(search.peek(), typed.trim()), 'typing');
      void suggestFor(typed);
    }, DEBOUNCE_MS);
  };
  const commit = (typed: string) => {
    clearTimeout(timer.current);
    clearSuggestions();
    close();
    text.value = typed;
    goTo(withWords(search.peek(), typed.trim()), 'typing');
    endTyping();
  };
  const choose = (suggestion: Suggestion) => {
    if (suggestion.kind !== 'CATEGORY') return commit(suggestion.text);
    commit('');
    goTo({ ...search.peek(), words: '', categories: [suggestion.text] });
  };
  const listed = open.value ? suggestions.value : [];
  const onKey = (event: KeyboardEvent) => {
    const last = listed.length - 1;
    if (event.key === 'ArrowDown' && last >= 0) active.value = active.value >= last ? -1 : active.value + 1;
    else if (event.key === 'ArrowUp' && last >= 0) active.value = active.value < 0 ? last : active.value - 1;
    else if (event.key === 'Escape' && listed.length > 0) close();
    else if (event.key === 'Enter') {
      const chosen = listed[active.value];
      if (chosen === undefined) commit(text.value);
      else choose(chosen);
    } else return;
    event.preventDefault();
  };

  return (
    <search class="search-box">
      <Icon name="search" />
      <input
        ref={box}
        type="text"
        role="combobox"
        aria-label="What are you looking for?"
        aria-expanded={listed.length > 0}
        aria-controls="suggestions"
        aria-autocomplete="list"
        aria-activedescendant={active.value >= 0 ? `suggestion-${active.value}` : undefined}
        placeholder="Words, a picture, or both"
        autocomplete="off"
        enterkeyhint="search"
        maxLength={1_000}
        value={text.value}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKey}
        onBlur={() => {
          close();
          clearSuggestions();
          endTyping();
        }}
      />
      {text.value !== '' && (
        <button
          type="button"
          class="quiet icon-only"
          aria-label="Clear the words"
          onClick={() => {
            commit(EVERYTHING.words);
            box.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
      <PictureButtons />
      <div id="suggestions" role="listbox" aria-label="Completions" class="suggestions" hidden={listed.length === 0}>
        {listed.map((suggestion, place) => (
          // Pressed, not clicked: the box must not lose the focus first. The keyboard chooses in the box.
          <div
            key={`${suggestion.kind} ${suggestion.text}`}
            id={`suggestion-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === active.value}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(suggestion);
            }}
          >
            <Icon name={ICONS[suggestion.kind]} />
            <span>{suggestion.text}</span>
            <small>{suggestion.kind.toLowerCase()}</small>
          </div>
        ))}
      </div>
    </search>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}
