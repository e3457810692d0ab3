import { colourOf } from '../search/colours.ts';
import { shown } from '../search/results.ts';
import { EVERYTHING, withTerm } from '../search/search.ts';
import { goTo, searchAddress } from '../search/session.ts';
import { COLOR } from '../search/shop-facts.ts';
import { Icon } from './icon.tsx';

/** Searches to try, made of what the shop has most of. */
const EXAMPLES = 4;
/** As long as examples are, to hold their place; not to be read. */
const WAITING = ['black tshirts', 'red shirts', 'green casual shoes', 'white jackets', 'a picture of the shop ....'];

/** What this is, for whoever comes for the first time: as long as nothing was looked for or chosen. */
export function Welcome() {
  const answer = shown.value;
  if (searchAddress.value !== '') return null;
  const product =
    answer?.address === '' ? answer.edges.find(({ node }) => node.images[0]?.width != null)?.node : undefined;
  const examples = answer?.address === '' ? examplesOf(answer.page.facets) : [];
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">Search by words, by picture, or by both.</h2>
      <p>
        Type, drop a picture anywhere, or say of any product “more like this” and “less like this”. Each result tells
        why it is there, and each search is one GraphQL query that you can copy.
      </p>
      <ul aria-label="Searches to try">
        {answer === null &&
          WAITING.map((words) => (
            <li key={words} class="skeleton example-wait" aria-hidden="true">
              {words}
            </li>
          ))}
        {examples.map((words) => (
          <li key={words}>
            <button type="button" onClick={() => goTo({ ...EVERYTHING, words })}>
              {words}
            </button>
          </li>
        ))}
        {product !== undefined && (
          <li>
            <button
              type="button"
              onClick={() => {
                const [picture] = product.images;
                if (picture === undefined) return;
                goTo(withTerm(EVERYTHING, { kind: 'picture', id: picture.id, region: null, weight: 1 }));
              }}
            >
              <Icon name="picture" /> a picture of the shop
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

interface Facet {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/** A colour and a category each: "black tshirts". Without colours the categories alone. */
function examplesOf(facets: readonly Facet[]): string[] {
  const valuesOf = (field: string) => facets.find((facet) => facet.field === field)?.values ?? [];
  const paths = valuesOf('CATEGORY').map(({ value }) => value);
  const isLowest = (path: string) => !paths.some((other) => other.startsWith(`${path} > `));
  const categories = paths.filter(isLowest).map((path) => path.split(' > ').at(-1) ?? path);
  const colours = valuesOf(COLOR).filter(({ value }) => colourOf(value) !== undefined);
  // Every second category: neighbours in the order of size are often of one kind.
  const chosen = categories.filter((_, i) => i % 2 === 0).slice(0, EXAMPLES);
  return chosen.map((category, i) => `${colours[i]?.value ?? ''} ${category}`.trim().toLowerCase());
}
