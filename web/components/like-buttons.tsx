import { withTerm } from '../search/search.ts';
import { goTo, search } from '../search/session.ts';
import { Icon } from './icon.tsx';

export const MORE = 1;
/** Half as much as what is looked for: enough to steer away, too little to be all that counts. */
export const LESS = -0.5;

/** Adds a product to what is looked for, or to what is steered away from. */
export function searchLike(groupId: string, weight: number): void {
  goTo(withTerm(search.peek(), { kind: 'product', groupId, weight }));
}

/** "More like this" and "less like this", in words. */
export function LikeButtons({ groupId }: { readonly groupId: string }) {
  return (
    <div class="buttons">
      <button type="button" class="small" onClick={() => searchLike(groupId, MORE)}>
        <Icon name="plus" /> More like this
      </button>
      <button type="button" class="small" onClick={() => searchLike(groupId, LESS)}>
        <Icon name="minus" /> Less like this
      </button>
    </div>
  );
}
