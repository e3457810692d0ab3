import type { CatalogueQuery } from '../generated/operations.ts';
import { count, percent } from '../wording.ts';

type Model = CatalogueQuery['embeddingModels'][number];
type Coverage = Model['coverage'][number];

const STATES: Readonly<Record<Model['state'], string>> = {
  ACTIVE: 'Searches use it',
  BUILDING: 'Its vectors are being made',
  RETIRED: 'Kept to go back to',
};

const KINDS: Readonly<Record<Coverage['kind'], string>> = { IMAGE: 'Pictures', TEXT: 'Texts' };

/** The models, and how much of the catalogue each can find. */
export function Models({ models }: { readonly models: readonly Model[] }) {
  return (
    <section aria-labelledby="models-title">
      <h2 id="models-title">Models</h2>
      <ul class="models">
        {models.map((model) => (
          <li key={model.id} class="panel">
            <div class="panel-head">
              <h3>{model.name}</h3>
              <span class={`state is-${model.state.toLowerCase()}`}>{STATES[model.state]}</span>
            </div>
            <p class="fine">
              Version {model.version}, vectors of {count(model.dimensions)} numbers
            </p>
            {model.coverage.map((each) => (
              <CoverageBar key={each.kind} coverage={each} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function CoverageBar({ coverage }: { readonly coverage: Coverage }) {
  const { kind, documents, embedded, failed } = coverage;
  const share = documents === 0 ? 0 : embedded / documents;
  const waiting = documents - embedded - failed;
  return (
    <div class="coverage">
      <div class="coverage-words">
        <span>{KINDS[kind]}</span>
        <span>
          {count(embedded)} of {count(documents)}
        </span>
      </div>
      <div
        class="meter"
        role="progressbar"
        aria-label={`${KINDS[kind]} that have a vector`}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={{ '--share': share }} />
      </div>
      <p class="fine">
        {documents === 0 ? 'there are none' : share === 1 ? 'all of them can be found' : percentBelow(share)}
        {waiting > 0 && `, ${count(waiting)} wait`}
        {failed > 0 && `, ${count(failed)} could not be read`}
      </p>
    </div>
  );
}

/** Never 100 % while something is missing. */
function percentBelow(share: number): string {
  return percent(Math.min(share, 0.99));
}
