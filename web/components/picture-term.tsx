import { useSignal } from '@preact/signals';
import { addressOfUpload } from '../search/pictures.ts';
import type { Term } from '../search/search.ts';
import { RegionEditor } from './region-editor.tsx';
import { TermHead } from './term-head.tsx';

type Pictured = Extract<Term, { kind: 'upload' | 'picture' }>;

/** A picture that is looked for, with the part that is meant. */
export function PictureTerm({
  term,
  onChange,
  onRemove,
}: {
  readonly term: Pictured;
  readonly onChange: (term: Term, how?: 'push' | 'typing') => void;
  readonly onRemove: () => void;
}) {
  const missing = useSignal(false);
  const src = term.kind === 'upload' ? addressOfUpload(term.id) : `/images/${encodeURIComponent(term.id)}?width=480`;
  return (
    <>
      <TermHead
        icon="picture"
        name={term.kind === 'upload' ? 'Your picture' : 'A picture of the shop'}
        onRemove={onRemove}
      />
      {missing.value ? (
        <p class="region-hint">The picture cannot be shown here.</p>
      ) : (
        <RegionEditor
          src={src}
          alt="The picture that is looked for"
          region={term.region}
          onChange={(region) => onChange({ ...term, region })}
          onMissing={() => {
            missing.value = true;
          }}
        />
      )}
    </>
  );
}
