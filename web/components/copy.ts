import { signal } from '@preact/signals';

/** What is told for a moment at the lower edge, and to screen readers. */
export const toast = signal<string | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a message for some seconds. */
export function tell(message: string): void {
  clearTimeout(timer);
  toast.value = message;
  timer = setTimeout(() => {
    toast.value = null;
  }, 4_000);
}

/**
 * Copies a text that may take a moment to get, and tells so.
 *
 * @param what - in the message: "GraphQL", "SQL"
 */
export async function copy(what: string, text: () => Promise<string>): Promise<void> {
  try {
    const found = await text();
    // Only pages that came over https or from this machine have a clipboard.
    if (navigator.clipboard === undefined) copyBySelection(found);
    else await navigator.clipboard.writeText(found);
    tell(`${what} copied`);
  } catch (error) {
    tell(`${what} could not be copied: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  const place = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (place instanceof HTMLElement) place.focus();
  if (!done) throw new Error('the browser refuses it');
}
