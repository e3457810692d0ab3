import { nearMisses } from '../search/near-misses.ts';
import { keyOfEdge, shown } from '../search/results.ts';
import { ProductCard } from './product-card.tsx';

/** What nearly matches, said to be no more than that. */
export function NearMisses() {
  const edges = nearMisses.value;
  if (edges.length === 0) return null;
  const before = shown.value?.edges.length ?? 0;
  return (
    <section class="near-misses" aria-labelledby="near-misses-title">
      <h2 id="near-misses-title">Not quite that, but near</h2>
      <ul class="grid" aria-label="Near misses">
        {edges.map((edge, place) => (
          <li key={keyOfEdge(edge)}>
            <ProductCard edge={edge} place={before + place} judged />
          </li>
        ))}
      </ul>
    </section>
  );
}
