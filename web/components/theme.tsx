import { signal } from '@preact/signals';
import { Icon } from './icon.tsx';

type Theme = 'light' | 'dark';

const KEPT_AS = 'lookgraph.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const chosen = signal<Theme | null>(remembered());
const preferred = signal<Theme>(dark.matches ? 'dark' : 'light');
dark.addEventListener('change', () => {
  preferred.value = dark.matches ? 'dark' : 'light';
});

/** Puts the chosen theme into effect; without a choice it is the device's. */
export function applyTheme(): void {
  if (chosen.value === null) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen.value;
}

/** Switches between light and dark. */
export function ThemeSwitch() {
  const now = chosen.value ?? preferred.value;
  const other = now === 'dark' ? 'light' : 'dark';
  const change = () => {
    chosen.value = other;
    localStorage.setItem(KEPT_AS, other);
    applyTheme();
  };
  return (
    <button type="button" class="quiet icon-only" onClick={change} aria-label={`Switch to ${other} colours`}>
      <Icon name={other === 'dark' ? 'moon' : 'sun'} />
    </button>
  );
}

function remembered(): Theme | null {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === 'light' || kept === 'dark' ? kept : null;
}
