import type { EvaluatedRun } from '../evaluation.ts';
import { categoryName, type QueryPicture } from '../evaluation-query.ts';
import type { Outcome } from '../run-queries.ts';
import { type Html, html } from './html.ts';

/** Thumbnails as data addresses, by the keys of `reportPictures`. */
export type Thumbnails = ReadonlyMap<string, string>;

/** A picture that the report shows. */
export type ReportPicture =
  | { readonly key: string; readonly picture: QueryPicture }
  | { readonly key: string; readonly imageId: string };

/** Mistakes that the report shows, the most frequent first. */
const MISTAKES_SHOWN = 16;

interface Mistake {
  readonly expected: string;
  readonly shown: string;
  readonly count: number;
  /** Queries for what is expected. */
  readonly of: number;
  readonly examples: EvaluatedRun['groups'][number]['confusedWith'][number]['examples'];
}

/** The pictures that a report of this run shows, each once. */
export function reportPictures(run: EvaluatedRun): ReportPicture[] {
  const pictures = new Map<string, ReportPicture>();
  for (const { outcome, shown } of frequentMistakes(run).flatMap(({ examples }) => examples)) {
    const { picture } = outcome.query;
    if (picture) pictures.set(queryKey(outcome), { key: queryKey(outcome), picture });
    if (shown.imageId !== null) pictures.set(shown.imageId, { key: shown.imageId, imageId: shown.imageId });
  }
  return [...pictures.values()];
}

/** The most frequent mistakes: what was asked for, and what came first instead, in pictures. */
export function confusedPictures(run: EvaluatedRun, thumbnails: Thumbnails): Html {
  const mistakes = frequentMistakes(run);
  if (mistakes.length === 0) return html`<p>Every first result is a right one.</p>`;
  return html`${mistakes.map(
    ({ expected, shown, count, of, examples }) => html`<section class="mistake">
      <h3>${expected} <span>taken for</span> ${shown}</h3>
      <p>${count} of ${of} queries for ${expected} show ${shown} first.</p>
      <div class="pairs">${examples.map(
        ({ outcome, shown: product }) => html`<figure>
          ${queryPicture(outcome, thumbnails)}${thumbnail(product.imageId ?? '', thumbnails, product.title)}
          <figcaption>asked for: ${expectedOf(outcome)}<br>came first: ${product.title} (${product.sku})</figcaption>
        </figure>`,
      )}</div></section>`,
  )}`;
}

function frequentMistakes({ groups }: EvaluatedRun): Mistake[] {
  return groups
    .flatMap(({ label, queries, confusedWith }) =>
      confusedWith.map(
        (confusion): Mistake => ({
          expected: label,
          shown: confusion.label,
          count: confusion.queries,
          of: queries,
          examples: confusion.examples,
        }),
      ),
    )
    .sort((a, b) => b.count - a.count || b.count / b.of - a.count / a.of)
    .slice(0, MISTAKES_SHOWN);
}

function queryKey({ query }: Outcome): string {
  return `query ${query.position}`;
}

function queryPicture(outcome: Outcome, thumbnails: Thumbnails): Html {
  const { text } = outcome.query;
  const words = text === null ? [] : [html`<q>${text}</q>`];
  const picture = outcome.query.picture ? [thumbnail(queryKey(outcome), thumbnails, 'the picture of the query')] : [];
  return html`${words}${picture}`;
}

/** A grey field where the picture is gone, or the result was found by its text. */
function thumbnail(key: string, thumbnails: Thumbnails, title: string): Html {
  const address = thumbnails.get(key);
  return address === undefined
    ? html`<span class="no-picture">no picture</span>`
    : html`<img src="${address}" alt="${title}">`;
}

function expectedOf({ query: { expected } }: Outcome): string {
  if (expected.product) return `${expected.product.title} (${expected.product.sku})`;
  return categoryName(expected.category ?? []);
}
