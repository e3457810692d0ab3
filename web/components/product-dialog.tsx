import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../api/ask.ts';
import { asFailure } from '../api/failure.ts';
import { type CardFragment, ProductDetailsDocument, type ProductDetailsQuery } from '../generated/operations.ts';
import { EVERYTHING, withTerm } from '../search/search.ts';
import { goTo, search } from '../search/session.ts';
import { priceRange } from '../wording.ts';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { Picture } from './picture.tsx';

const opened = signal<string | null>(null);

/** Shows all that the shop says of a product. */
export function openProduct(groupId: string): void {
  opened.value = groupId;
}

type Details = NonNullable<ProductDetailsQuery['product']>;

/** The product that was opened; one for the whole page. */
export function ProductDialog() {
  const groupId = opened.value;
  return groupId === null ? null : <OpenProduct key={groupId} groupId={groupId} />;
}

function OpenProduct({ groupId }: { readonly groupId: string }) {
  const product = useSignal<Details | null>(null);
  const problem = useSignal<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    ask(ProductDetailsDocument, { groupId }, controller.signal).then(
      (answer) => {
        product.value = answer.product;
        if (answer.product === null) problem.value = 'The shop has taken this product away.';
      },
      (error: unknown) => {
        problem.value = asFailure(error, controller.signal.aborted)?.message ?? null;
      },
    );
    return () => controller.abort();
  }, [groupId, product, problem]);
  return (
    <Dialog title={product.value?.title ?? 'Product'} kind="product" onClose={close}>
      {problem.value !== null && <p class="notice">{problem.value}</p>}
      {product.value === null ? <div class="skeleton product-wait" /> : <ProductView product={product.value} />}
    </Dialog>
  );
}

function close(): void {
  opened.value = null;
}

function ProductView({ product }: { readonly product: Details }) {
  const at = useSignal(0);
  const picture = product.images[at.value];
  const go = (next: Parameters<typeof goTo>[0]) => {
    close();
    goTo(next);
  };
  return (
    <div class="product">
      <div class="product-pictures">
        <Picture
          picture={picture}
          alt={`${product.title}, picture ${at.value + 1}`}
          sizes="(min-width: 800px) 380px, 92vw"
          eager
        />
        {product.images.length > 1 && (
          <ul>
            {product.images.map((each, place) => (
              <li key={each.id}>
                <button
                  type="button"
                  aria-label={`Picture ${place + 1} of ${product.images.length}`}
                  aria-pressed={place === at.value}
                  onClick={() => {
                    at.value = place;
                  }}
                >
                  <Picture picture={each} alt="" sizes="60px" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class="product-text">
        <p class="product-price">{product.priceRange === null ? 'No price' : priceRange(product.priceRange)}</p>
        {product.description !== null && <p>{product.description}</p>}
        <div class="buttons">
          <button
            type="button"
            class="primary"
            onClick={() => go(withTerm(EVERYTHING, { kind: 'product', groupId: product.groupId, weight: 1 }))}
          >
            Shop similar
          </button>
          {picture !== undefined && (
            <button
              type="button"
              onClick={() => go(withTerm(search.peek(), { kind: 'picture', id: picture.id, region: null, weight: 1 }))}
            >
              Search with this picture
            </button>
          )}
          {product.link !== null && (
            <a class="button" href={product.link} rel="noreferrer">
              In the shop <Icon name="outside" />
            </a>
          )}
        </div>
        <dl class="facts">
          {product.brand !== null && <Fact name="Brand" value={product.brand} />}
          {product.categories.length > 0 && (
            <Fact
              name={product.categories.length === 1 ? 'Category' : 'Categories'}
              value={product.categories.map(({ path }) => path.join(' › ')).join(', ')}
            />
          )}
          {product.options.map(({ name, values }) => (
            <Fact key={name} name={name.replaceAll('_', ' ')} value={values.map(({ value }) => value).join(', ')} />
          ))}
          {product.attributes.map(({ name, values }) => (
            <Fact key={name} name={name.replaceAll('_', ' ')} value={values.join(', ')} />
          ))}
          <Fact name="Number" value={product.groupId} />
        </dl>
      </div>
      <Similar products={product.similar.nodes} />
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Similar({ products }: { readonly products: readonly CardFragment[] }) {
  if (products.length === 0) return null;
  return (
    <section class="similar" aria-labelledby="similar-title">
      <h3 id="similar-title">Looks like this</h3>
      <ul>
        {products.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              aria-label={`Details of ${each.title}`}
              title={each.title}
              onClick={() => openProduct(each.groupId)}
            >
              <Picture picture={each.images[0]} alt="" sizes="120px" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
