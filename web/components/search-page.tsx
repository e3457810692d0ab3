import { useSignal } from '@preact/signals';
import { pending, shown } from '../search/results.ts';
import { filterCount } from '../search/search.ts';
import { search } from '../search/session.ts';
import { countInWords } from '../search/spoken.ts';
import { Chips } from './chips.tsx';
import { Dialog } from './dialog.tsx';
import { Explanation } from './explanation.tsx';
import { Filters } from './filters.tsx';
import { Icon } from './icon.tsx';
import { Notices } from './notices.tsx';
import { ProductDialog } from './product-dialog.tsx';
import { ResultsView } from './results-view.tsx';
import { TermTray } from './term-tray.tsx';
import { Toolbar } from './toolbar.tsx';
import { Welcome } from './welcome.tsx';
import { WhyPopover } from './why-popover.tsx';
import { wide } from './window.ts';

/** The search: what is looked for and what narrows it on the side, results beside it. On a phone the filters have a dialog. */
export function SearchPage() {
  const filtering = useSignal(false);
  const answer = shown.value;
  const chosen = filterCount(search.value);
  return (
    <div class="search-page">
      <h1 class="off-screen">Search</h1>
      <aside class="side" aria-label="What is looked for">
        <TermTray />
        {wide.value && <Filters />}
      </aside>
      <section class="results" aria-label="What was found">
        <div class={`progress ${pending.value && answer !== null ? 'is-on' : ''}`} aria-hidden="true" />
        <Welcome />
        <Chips />
        <Toolbar>
          {!wide.value && (
            <button
              type="button"
              class="small"
              onClick={() => {
                filtering.value = true;
              }}
            >
              <Icon name="filters" /> Filters{chosen > 0 && ` (${chosen})`}
            </button>
          )}
        </Toolbar>
        <Notices />
        <Explanation />
        <ResultsView />
      </section>
      {filtering.value && !wide.value && (
        <Dialog
          title="Filters"
          kind="filters"
          onClose={() => {
            filtering.value = false;
          }}
        >
          <Filters />
          <button
            type="button"
            class="primary"
            onClick={() => {
              filtering.value = false;
            }}
          >
            {answer === null ? 'Show the results' : countInWords(answer)}
          </button>
        </Dialog>
      )}
      <WhyPopover />
      <ProductDialog />
    </div>
  );
}
