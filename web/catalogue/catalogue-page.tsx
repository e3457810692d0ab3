import { useEffect } from 'preact/hooks';
import { counted } from '../wording.ts';
import { catalogue, catalogueFailure, followCatalogue } from './catalogue.ts';
import { Evaluation } from './evaluation.tsx';
import { FailedPictures } from './failed-pictures.tsx';
import { Imports } from './imports.tsx';
import { Models } from './models.tsx';

/** What came into the shop, what it can be searched with, and how good that is. */
export function CataloguePage() {
  useEffect(() => {
    const controller = new AbortController();
    void followCatalogue(controller.signal);
    return () => controller.abort();
  }, []);
  const now = catalogue.value;
  return (
    <div class="catalogue">
      <header>
        <h1>Catalogue</h1>
        {now !== null && <p>{counted(now.searchProducts.totalCount.value, 'product')} in this shop.</p>}
      </header>
      {catalogueFailure.value !== null && (
        <div class="notice is-bad" role="alert">
          <p>
            <strong>The catalogue cannot be read at the moment.</strong> {catalogueFailure.value.message}
          </p>
        </div>
      )}
      {now === null ? (
        catalogueFailure.value === null && <div class="skeleton catalogue-wait" role="status" aria-label="Loading" />
      ) : (
        <>
          <Models models={now.embeddingModels} />
          <Imports imports={now.imports.nodes} more={now.imports.pageInfo.hasNextPage} />
          <FailedPictures first={now.imageFailures} />
          <Evaluation evaluation={now.evaluations.nodes[0] ?? null} />
        </>
      )}
    </div>
  );
}
