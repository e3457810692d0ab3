import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { CataloguePage } from '../catalogue/catalogue-page.tsx';
import { spellingOf } from '../search/corrections.ts';
import { filesOf, searchWithPictures, uploading } from '../search/pictures.ts';
import { pending, type Shown, shown } from '../search/results.ts';
import { EVERYTHING } from '../search/search.ts';
import { addressOf, goTo, goToRoute, type Route, route, search } from '../search/session.ts';
import { countInWords } from '../search/spoken.ts';
import { toast } from './copy.ts';
import { SearchBox } from './search-box.tsx';
import { SearchPage } from './search-page.tsx';
import { ThemeSwitch } from './theme.tsx';

/** The whole page. */
export function App() {
  const dropping = usePictures();
  return (
    <>
      <a class="skip" href="#main">
        Skip to the results
      </a>
      <header class="top">
        <a class="brand" href="/" onClick={(event) => follow(event, () => startOver())}>
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="9" />
            <circle cx="14" cy="14" r="6.5" />
            <path d="m19 19 6 6" />
            <circle class="pupil" cx="14" cy="14" r="2.2" />
          </svg>
          Lookgraph
        </a>
        {route.value === 'search' && <SearchBox />}
        <nav aria-label="Parts of this page">
          <RouteLink to="search">Search</RouteLink>
          <RouteLink to="catalogue">Catalogue</RouteLink>
          <a href="/graphiql">API</a>
          <ThemeSwitch />
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {route.value === 'search' ? <SearchPage /> : <CataloguePage />}
      </main>
      <Announcer />
      {toast.value !== null && (
        <div class="toast" aria-hidden="true">
          {toast.value}
        </div>
      )}
      {(dropping || uploading.value > 0) && (
        <div class={`drop ${dropping ? 'is-over' : ''}`} role="status">
          <p>{dropping ? 'Let go to search with this picture' : 'Looking at your picture ...'}</p>
        </div>
      )}
    </>
  );
}

function RouteLink({ to, children }: { readonly to: Route; readonly children: string }) {
  return (
    <a
      href={addressOf(to, search.value)}
      aria-current={route.value === to ? 'page' : undefined}
      onClick={(event) => follow(event, () => goToRoute(to))}
    >
      {children}
    </a>
  );
}

function startOver(): void {
  goToRoute('search');
  goTo(EVERYTHING);
}

/** A plain click stays on the page; any other opens the link as the browser does. */
function follow(event: MouseEvent, go: () => void): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go();
}

/** Says to screen readers what the eye sees at once: how many results there are, what was copied. */
function Announcer() {
  const answer = shown.value;
  const counted = route.value === 'search' && answer !== null && !pending.value ? spoken(answer) : '';
  return (
    <div class="off-screen" role="status" aria-live="polite">
      {toast.value ?? counted}
    </div>
  );
}

function spoken(answer: Shown): string {
  const { searched } = spellingOf(answer);
  return searched === null ? countInWords(answer) : `${countInWords(answer)} for ${searched}`;
}

/** Pictures that are dropped or pasted anywhere. @returns whether one is held over the page */
function usePictures(): boolean {
  const over = useSignal(false);
  const depth = useRef(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth.current++;
      over.value = true;
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth.current--;
      if (depth.current <= 0) over.value = false;
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      over.value = false;
      void searchWithPictures(filesOf(event.dataTransfer));
    };
    const paste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      void searchWithPictures(files);
    };
    addEventListener('dragenter', enter, { signal });
    addEventListener('dragleave', leave, { signal });
    addEventListener('dragover', (event) => carriesFiles(event) && event.preventDefault(), { signal });
    addEventListener('drop', drop, { signal });
    addEventListener('paste', paste, { signal });
    return () => controller.abort();
  }, [over]);
  return over.value;
}
