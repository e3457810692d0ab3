import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../api/ask.ts';
import { TermProductDocument, type TermProductQuery } from '../generated/operations.ts';
import { TermHead } from './term-head.tsx';

/** A product that is looked for, or steered away from. */
export function ProductTerm({
  groupId,
  weight,
  onRemove,
}: {
  readonly groupId: string;
  readonly weight: number;
  readonly onRemove: () => void;
}) {
  const product = useSignal<TermProductQuery['product']>(null);
  useEffect(() => {
    const controller = new AbortController();
    ask(TermProductDocument, { groupId }, controller.signal).then(
      (answer) => {
        product.value = answer.product;
      },
      () => {
        // Its own identifier says enough; the search itself tells what is wrong.
        product.value = null;
      },
    );
    return () => controller.abort();
  }, [groupId, product]);
  const picture = product.value?.images.find(({ width }) => width !== null);
  return (
    <>
      <TermHead icon="product" name={`${weight < 0 ? 'Less' : 'More'} like this`} onRemove={onRemove} />
      <div class="term-product">
        {picture !== undefined && <img src={picture.small} alt="" width="48" height="60" />}
        <span>{product.value?.title ?? groupId}</span>
      </div>
    </>
  );
}
