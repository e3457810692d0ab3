import type { ComponentChildren } from 'preact';
import { ask } from '../api/ask.ts';
import { SearchDocument } from '../generated/operations.ts';
import { explaining, shown, toVariables } from '../search/results.ts';
import { looksForSomething } from '../search/search.ts';
import { endTyping, goTo, search } from '../search/session.ts';
import { countInWords } from '../search/spoken.ts';
import { percent } from '../wording.ts';
import { explorerAddress, operationAsText, statementsAsText } from './copied-text.ts';
import { copy } from './copy.ts';
import { Icon } from './icon.tsx';

const SORTS = [
  ['RELEVANCE', 'Best match'],
  ['PRICE_ASC', 'Cheapest first'],
  ['PRICE_DESC', 'Dearest first'],
  ['NEWEST', 'Newest first'],
  ['TITLE', 'By name'],
] as const;

const COLLAPSES = [
  ['PRODUCT', 'Products'],
  ['LOOK', 'Looks'],
  ['VARIANT', 'Variants'],
] as const;

/** How many results there are, in which order, how varied; and the search as code. */
export function Toolbar({ children }: { readonly children: ComponentChildren }) {
  const answer = shown.value;
  const now = search.value;
  // Without anything to match, the contract's RELEVANCE is NEWEST.
  const judged = looksForSomething(now);
  return (
    <div class="toolbar">
      <h2 class="toolbar-count">{answer === null ? 'Looking ...' : countInWords(answer)}</h2>
      <div class="toolbar-controls">
        {children}
        <label class="field">
          <span>Sort</span>
          <select
            value={judged || now.sort !== 'RELEVANCE' ? now.sort : 'NEWEST'}
            onChange={(event) => {
              const sort = SORTS.find(([value]) => value === event.currentTarget.value)?.[0] ?? 'RELEVANCE';
              goTo({ ...search.peek(), sort });
            }}
          >
            {SORTS.filter(([value]) => judged || value !== 'RELEVANCE').map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field" title="Looks: the variants of a product that have the same picture">
          <span>Each of</span>
          <select
            value={now.collapse}
            onChange={(event) => {
              const collapse = COLLAPSES.find(([value]) => value === event.currentTarget.value)?.[0] ?? 'PRODUCT';
              goTo({ ...search.peek(), collapse });
            }}
          >
            {COLLAPSES.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {judged && now.sort === 'RELEVANCE' && (
          <label class="field" title="Trades closeness for a variety of looks, brands and categories">
            <span>Variety</span>
            <input
              type="range"
              min="0"
              max="1"
              step="0.1"
              value={now.variety}
              aria-valuetext={percent(now.variety)}
              onInput={(event) => goTo({ ...search.peek(), variety: Number(event.currentTarget.value) }, 'typing')}
              onPointerUp={endTyping}
              onBlur={endTyping}
            />
          </label>
        )}
      </div>
      <div class="toolbar-code">
        <button type="button" class="small" onClick={() => void copy('GraphQL', async () => copiedOperation())}>
          <Icon name="copy" /> GraphQL
        </button>
        <button type="button" class="small" onClick={() => void copy('SQL', copiedStatements)}>
          <Icon name="copy" /> SQL
        </button>
        <button
          type="button"
          class="small"
          aria-expanded={explaining.value}
          aria-controls="explanation"
          onClick={() => {
            explaining.value = !explaining.value;
          }}
        >
          <Icon name="steps" /> How it was found
        </button>
        {answer !== null && (
          <a class="button small" href={explorerAddress(answer.variables)}>
            <Icon name="outside" /> Explore
          </a>
        )}
      </div>
    </div>
  );
}

function copiedOperation(): string {
  const variables = shown.peek()?.variables ?? toVariables(search.peek());
  return operationAsText(variables);
}

/** A search tells its statements when it is asked to: where this one was not, it is asked once more. */
async function copiedStatements(): Promise<string> {
  const answer = shown.peek();
  const told = answer?.page.plan;
  if (told != null) return statementsAsText(told);
  const variables = answer === null ? toVariables(search.peek()) : answer.variables;
  const { searchProducts } = await ask(SearchDocument, { ...variables, explain: true });
  if (searchProducts.plan == null) throw new Error('this shop does not show its statements (LOOKGRAPH_EXPLAIN)');
  return statementsAsText(searchProducts.plan);
}
