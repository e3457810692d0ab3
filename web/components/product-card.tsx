import type { Edge } from '../search/results.ts';
import { percent, price, priceRange } from '../wording.ts';
import { Icon } from './icon.tsx';
import { LESS, MORE, searchLike } from './like-buttons.tsx';
import { Picture } from './picture.tsx';
import { openProduct } from './product-dialog.tsx';
import { explain } from './why-popover.tsx';

/** As the grid in results.css lays the cards out. */
const SIZES = '(min-width: 1400px) 230px, (min-width: 700px) 24vw, 46vw';

const STATES = { IN_STOCK: null, OUT_OF_STOCK: 'Out of stock', PREORDER: 'Preorder', BACKORDER: 'Backorder' } as const;

/** One result: the picture that matched, what it is, how well it matches, and more or less like it. */
export function ProductCard({
  edge,
  place,
  judged,
}: {
  readonly edge: Edge;
  /** In the list, from 0. */
  readonly place: number;
  /** Whether anything was looked for, so that relevance means something. */
  readonly judged: boolean;
}) {
  const { node, relevance, image, variant } = edge;
  const picture = node.images.find(({ id }) => id === image?.id) ?? node.images.find(({ width }) => width !== null);
  const state = STATES[variant?.availability ?? node.availability];
  // Of several variants the one on sale need not be the cheapest.
  const [first, ...others] = node.variants;
  const only = variant ?? (others.length === 0 ? first : undefined);
  const before = only?.onSale ? only.compareAtPrice : null;
  const title = variant && variant.title !== node.title ? `${node.title}, ${variant.title}` : node.title;
  return (
    <article class="card" aria-label={title}>
      <button
        type="button"
        class="card-picture"
        aria-label={`Details of ${title}`}
        onClick={() => openProduct(node.groupId)}
      >
        <Picture picture={picture} alt="" sizes={SIZES} eager={place < 8} />
      </button>
      {state !== null && <span class="badge">{state}</span>}
      <div class="card-text">
        <p class="card-brand">{node.brand}</p>
        <h3>{title}</h3>
        <p class="card-price">
          {priceText(edge)}
          {before !== null && (
            <s>
              <span class="off-screen">before </span>
              {price(before)}
            </s>
          )}
        </p>
      </div>
      <div class="card-foot">
        {judged && (
          <button type="button" class="match" onClick={(event) => explain(edge, event.currentTarget)}>
            <span class="match-bar" style={{ '--share': relevance }} />
            <span>{percent(relevance)}</span>
            <span class="match-why">why?</span>
            <span class="off-screen">{title}</span>
          </button>
        )}
        <span class="card-like">
          <button
            type="button"
            class="quiet icon-only"
            aria-label={`More like ${node.title}`}
            title="More like this"
            onClick={() => searchLike(node.groupId, MORE)}
          >
            <Icon name="plus" />
          </button>
          <button
            type="button"
            class="quiet icon-only"
            aria-label={`Less like ${node.title}`}
            title="Less like this"
            onClick={() => searchLike(node.groupId, LESS)}
          >
            <Icon name="minus" />
          </button>
        </span>
      </div>
    </article>
  );
}

/** Of the variant where that is the result, else of all. */
function priceText({ node, variant }: Edge): string {
  if (variant) return variant.price === null ? 'No price' : price(variant.price);
  return node.priceRange === null ? 'No price' : priceRange(node.priceRange);
}
