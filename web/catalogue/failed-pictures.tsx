import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.ts';
import { asFailure } from '../api/failure.ts';
import { type FailedPicturesFragment, MoreFailedPicturesDocument } from '../generated/operations.ts';

const PICTURES_PER_PAGE = 50;

/** Pictures that could not be fetched or read, whenever that was, each with its reason; more of them on demand. Nothing where there are none. */
export function FailedPictures({ first }: { readonly first: FailedPicturesFragment }) {
  const further = useSignal<readonly FailedPicturesFragment[]>([]);
  const problem = useSignal<string | null>(null);
  const pages = [first, ...further.value];
  const last = pages.at(-1)?.pageInfo;
  if (first.nodes.length === 0) return null;
  const readOn = async () => {
    if (last?.endCursor == null) return;
    try {
      const { imageFailures } = await ask(MoreFailedPicturesDocument, {
        first: PICTURES_PER_PAGE,
        after: last.endCursor,
      });
      further.value = [...further.value, imageFailures];
      problem.value = null;
    } catch (error) {
      problem.value = asFailure(error, false)?.message ?? null;
    }
  };
  return (
    <section aria-labelledby="failed-pictures-title">
      <h2 id="failed-pictures-title">Pictures that failed</h2>
      <div class="panel failures">
        <div class="scrolls">
          <table>
            <thead>
              <tr>
                <th scope="col">Product</th>
                <th scope="col">What was wrong</th>
              </tr>
            </thead>
            <tbody>
              {pages
                .flatMap(({ nodes }) => nodes)
                .map(({ source, reason, product }) => (
                  <tr key={`${product?.groupId} ${source}`}>
                    <td>{product?.groupId ?? ''}</td>
                    <td>
                      {reason}
                      <small class="source">{source}</small>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
        {problem.value !== null && <p class="problem">{problem.value}</p>}
        {last?.hasNextPage && (
          <button type="button" class="small" onClick={() => void readOn()}>
            Show more
          </button>
        )}
      </div>
    </section>
  );
}
