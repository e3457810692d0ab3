/** Whether what an XML parser found wrong leaves the elements as they are: it costs no product. Messages of sax 1.6. */
export function isHarmless(message: string): boolean {
  return /^(Invalid character in entity name|Invalid character entity|Unencoded <|Malformed comment|Attribute without value|Unquoted attribute value|No whitespace between attributes|Invalid attribute name|Max buffer length exceeded: comment|Inappropriately located doctype)/.test(
    message,
  );
}

/**
 * Makes an `&` that a quote or a `<` ends `&amp;`: sax would take that sign for part of an entity's name and lose a tag. Other bare ones it leaves
 * as they are.
 *
 * @param pieces - the text in pieces of any size
 */
export async function* withEndedEntities(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of pieces) {
    const text = held + piece;
    const start = text.length - (/&[#\w]{0,32}$/.exec(text.slice(-33))?.[0].length ?? 0);
    held = text.slice(start);
    if (start > 0) yield text.slice(0, start).replace(/&(?=[#\w]{0,32}["'<])/g, '&amp;');
  }
  if (held !== '') yield held;
}
