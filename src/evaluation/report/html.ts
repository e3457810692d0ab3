/** Markup that may go into a page as it is. Only `html` makes it. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: markup as it is, everything else escaped. */
export type HtmlPart = Html | string | number | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template of markup: what is put in is escaped, for text and for attributes in quotes, unless it is markup itself. */
export function html(template: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { markup: template.map((text, index) => text + written(parts[index])).join('') };
}

function written(part: HtmlPart | undefined): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}
