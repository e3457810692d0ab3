import { shown } from '../search/results.ts';
import { filterCount, toggled, withAttribute, withoutFilters } from '../search/search.ts';
import { goTo, search } from '../search/session.ts';
import { attributeNames, COLOR, currencies } from '../search/shop-facts.ts';
import { CategoryFilter } from './category-filter.tsx';
import { ChoiceFilter } from './choice-filter.tsx';
import { ColourFilter } from './colour-filter.tsx';
import { PriceFilter } from './price-filter.tsx';

const AVAILABILITY: Readonly<Record<string, string>> = {
  IN_STOCK: 'In stock',
  OUT_OF_STOCK: 'Out of stock',
  PREORDER: 'Preorder',
  BACKORDER: 'Backorder',
};

/** What narrows the results, with how many there are of each: always of the whole result, never of a page. */
export function Filters() {
  const facets = new Map((shown.value?.page.facets ?? []).map((facet) => [facet.field, facet]));
  const now = search.value;
  const others = attributeNames.value.filter((name) => name !== COLOR);
  const counted = [...facets.values()].some(({ values }) => values.length > 0);
  if (shown.value !== null && !counted && filterCount(now) === 0) return null;
  return (
    <div class="filters">
      <div class="filters-head">
        <h2>Narrow down</h2>
        {filterCount(now) > 0 && (
          <button type="button" class="link" onClick={() => goTo(withoutFilters(search.peek()))}>
            Clear all
          </button>
        )}
      </div>
      <CategoryFilter
        values={facets.get('CATEGORY')?.values ?? []}
        chosen={now.categories}
        onToggle={(path) => goTo({ ...search.peek(), categories: toggled(search.peek().categories, path) })}
      />
      <PriceFilter
        range={facets.get('PRICE')?.range ?? null}
        chosen={now.price}
        onChange={(price) => goTo({ ...search.peek(), price })}
        currency={facets.get('PRICE')?.range?.currency ?? now.currency}
        currencies={currencies.value}
        onCurrency={(currency) => goTo({ ...search.peek(), currency, price: { min: '', max: '' } })}
      />
      <ColourFilter
        values={facets.get(COLOR)?.values ?? []}
        chosen={now.attributes[COLOR] ?? []}
        onToggle={(value) => goTo(withAttribute(search.peek(), COLOR, value))}
      />
      <ChoiceFilter
        title="Brand"
        values={facets.get('BRAND')?.values ?? []}
        chosen={now.brands}
        lookFor={facets.get('BRAND')?.hasMore ? { builtIn: 'BRAND' } : undefined}
        onToggle={(brand) => goTo({ ...search.peek(), brands: toggled(search.peek().brands, brand) })}
      />
      <ChoiceFilter
        title="Availability"
        values={facets.get('AVAILABILITY')?.values ?? []}
        chosen={now.availability}
        nameOf={(value) => AVAILABILITY[value] ?? value}
        onToggle={(value) => {
          const { availability } = search.peek();
          goTo({ ...search.peek(), availability: toggled(availability, value as (typeof availability)[number]) });
        }}
      />
      {others.map((name) => (
        <ChoiceFilter
          key={name}
          title={titleOf(name)}
          values={facets.get(name)?.values ?? []}
          chosen={now.attributes[name] ?? []}
          lookFor={facets.get(name)?.hasMore ? { attribute: name } : undefined}
          folded
          onToggle={(value) => goTo(withAttribute(search.peek(), name, value))}
        />
      ))}
    </div>
  );
}

/** country_of_origin: Country of origin. */
function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
