/** Between two pictures, with few of the blanks around it. */
const SEPARATOR = /\s{0,3}[,;|]\s{0,3}|\s(?=(?:https?:)?\/\/)/gi;

/**
 * Several picture links in one value, separated by commas, semicolons, bars or spaces, or as a JSON list. Each of these signs may also be part of a
 * link (`https://.../w_400,h_300/a.jpg`): it separates only before the next address, or, between names of files, after one with an
 * extension. An address that begins with `//` is https.
 */
export function splitLinks(text: string): string[] {
  return (jsonList(text) ?? splitBySigns(text)).map(webAddress).filter((link) => link !== '');
}

/** A link with its scheme, and without the `&amp;` of a feed that was escaped once too often. */
export function webAddress(written: string): string {
  const link = written.trim().replace(/&amp;/gi, '&');
  return /^\/\/[^/]/.test(link) ? `https:${link}` : link;
}

function splitBySigns(text: string): string[] {
  const links: string[] = [];
  let start = 0;
  for (const sign of text.matchAll(SEPARATOR)) {
    const end = sign.index + sign[0].length;
    const isBeforeAddress = end === text.length || isWebAddress(text.slice(end, end + 40));
    // The link so far: a path or, at its start, an address.
    const isFile =
      !isWebAddress(text.slice(start, start + 40)) &&
      isFileName(text.slice(Math.max(start, sign.index - 12), sign.index));
    if (sign.index > start && !isBeforeAddress && !isFile) continue;
    links.push(text.slice(start, sign.index));
    start = end;
  }
  return [...links, text.slice(start)].map(withoutSigns);
}

/** Without the signs that follow the last of a list. */
function withoutSigns(link: string): string {
  let end = link.length;
  while (end > 0 && /[\s,;|]/.test(link.charAt(end - 1))) end--;
  return link.slice(0, end).trim();
}

function jsonList(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((link) => typeof link === 'string') : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isWebAddress(text: string): boolean {
  return /^\s*(?:https?:)?\/\//i.test(text);
}

function isFileName(text: string): boolean {
  return /\.[a-z0-9]{2,5}\s*$/i.test(text);
}
