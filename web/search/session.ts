/** What is on screen, as signals: the route, the search, and how the address bar follows them. */
import { batch, computed, signal } from '@preact/signals';
import { fromAddress, toAddress } from './address.ts';
import type { Search } from './search.ts';

export type Route = 'search' | 'catalogue';

const ROUTES: Readonly<Record<Route, string>> = { search: '/', catalogue: '/catalogue' };

/** What is kept of a page in the browser's history, to come back to it as it was left. */
interface Left {
  readonly scroll: number;
  /** Products that were shown. */
  readonly count: number;
}

const start = readLocation();
export const route = signal<Route>(start.route);
export const search = signal<Search>(start.search);
/** Where to scroll once the results of the current search are there; null when nothing was left there. */
export const leftBehind = signal<Left | null>(start.left);

export const searchAddress = computed(() => toAddress(search.value));

/** Whether the latest entry of the history is one that is still being typed. */
let typing = false;
let countOnScreen = () => 0;

/**
 * Goes on to another search.
 *
 * @param how - `push`: a step to come back from. `typing`: so is its beginning, and what follows replaces it, until the next push
 */
export function goTo(next: Search, how: 'push' | 'typing' = 'push'): void {
  const address = addressOf('search', next);
  const steps = how === 'push' ? address !== currentAddress() : !typing;
  typing = how === 'typing';
  if (steps) {
    rememberScroll();
    history.pushState(null, '', address);
    if (how === 'push') scrollTo({ top: 0 });
  } else {
    history.replaceState(history.state, '', address);
  }
  leftBehind.value = null;
  search.value = next;
}

/** Goes to the catalogue, or back to the search that was on screen. */
export function goToRoute(next: Route): void {
  if (next === route.value) return;
  rememberScroll();
  typing = false;
  history.pushState(null, '', addressOf(next, search.value));
  route.value = next;
  leftBehind.value = null;
  scrollTo({ top: 0 });
}

/** What is typed from now on is a step of its own. */
export function endTyping(): void {
  typing = false;
}

/** Where a route is found; for links. */
export function addressOf(to: Route, of: Search): string {
  const query = to === 'search' ? toAddress(of) : '';
  return query === '' ? ROUTES[to] : `${ROUTES[to]}?${query}`;
}

/** Follows back and forward, and remembers how far each page was scrolled. @param shown - how many products are on screen */
export function followHistory(shown: () => number): void {
  countOnScreen = shown;
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    clearTimeout(timer);
    const now = readLocation();
    typing = false;
    batch(() => {
      leftBehind.value = now.left;
      // The catalogue's address holds no search: the one before stays, for the way back.
      if (now.route === 'search') search.value = now.search;
      route.value = now.route;
    });
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Browsers take only so many entries a second: not each movement is worth one.
  addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(rememberScroll, 200);
  });
  addEventListener('pagehide', rememberScroll);
}

function rememberScroll(): void {
  const left: Left = { scroll: Math.round(scrollY), count: countOnScreen() };
  history.replaceState(left, '');
}

function readLocation(): { route: Route; search: Search; left: Left | null } {
  const isCatalogue = location.pathname.replace(/\/$/, '') === ROUTES.catalogue;
  const left = history.state as Left | null;
  return { route: isCatalogue ? 'catalogue' : 'search', search: fromAddress(location.search.slice(1)), left };
}

function currentAddress(): string {
  return `${location.pathname}${location.search}`;
}
