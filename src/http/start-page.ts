import type { FastifyInstance } from 'fastify';
import { checkHost, serverAddress } from './server-address.ts';

const EXAMPLE = `query Search($words: String!) {
  searchProducts(input: { terms: [{ match: { text: $words } }] }, first: 5) {
    totalCount { value exact }
    nodes { sku title brand price { amount currency } images { url(width: 300) } }
  }
}`;

/** `GET /`: says what this is and how to ask it. Loads nothing, runs nothing. */
export function addStartPage(app: FastifyInstance, publicUrl: string | undefined): void {
  app.get('/', { onRequest: checkHost }, async (request, reply) =>
    reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        'cache-control': 'no-cache',
      })
      .send(page(serverAddress(request, publicUrl))),
  );
}

function page(address: string): string {
  const body = JSON.stringify({ query: EXAMPLE.replace(/\s+/g, ' '), variables: { words: 'red dress' } });
  const addresses = [
    ['POST /graphql', 'the GraphQL API; it describes itself by introspection'],
    ['POST /uploads', 'a picture to search with, as the raw body; answers its id'],
    ['GET /images/:id?width=', 'pictures of products, scaled'],
    ['GET /livez, /readyz, /metrics', 'for those who run it'],
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Lookgraph</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #222; background: #fff }
  pre { background: #f4f4f2; padding: 1rem; overflow-x: auto; border-radius: 4px }
  dt { font-family: ui-monospace, monospace } dd { margin: 0 0 .5rem 1.5rem; color: #555 }
</style>
<h1>Lookgraph</h1>
<p>Search a shop's products by words, by picture, by another product, or by a mix of them, narrowed by exact filters.</p>
<dl>${addresses.map(([path, meaning]) => `<dt>${path}</dt><dd>${meaning}</dd>`).join('')}</dl>
<p>A first query:</p>
<pre>${escapeHtml(EXAMPLE)}</pre>
<p>From a shell:</p>
<pre>${escapeHtml(`curl ${address}/graphql -H 'content-type: application/json' -d '${body}'`)}</pre>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
