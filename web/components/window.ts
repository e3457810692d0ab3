import { signal } from '@preact/signals';

/** As `@media` in layout.css: room for filters beside the results. */
const query = matchMedia('(min-width: 900px)');

/** Whether there is room for filters beside the results. */
export const wide = signal(query.matches);

query.addEventListener('change', () => {
  wide.value = query.matches;
});
