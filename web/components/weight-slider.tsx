import { signed } from '../wording.ts';

/** How much a term counts, -1 to 1: below 0 it steers away, at 0 it is left out. */
export function WeightSlider({
  of,
  weight,
  onChange,
  onDone,
}: {
  readonly of: string;
  readonly weight: number;
  readonly onChange: (weight: number) => void;
  /** It was let go: by the pointer, or by going elsewhere with the keyboard, each of whose steps is a change of its own. */
  readonly onDone: () => void;
}) {
  const meaning = weight === 0 ? 'left out' : weight < 0 ? 'less like this' : 'more like this';
  return (
    <div class={`weight ${weight < 0 ? 'is-negative' : ''}`}>
      <input
        type="range"
        min="-1"
        max="1"
        step="0.1"
        value={weight}
        aria-label={`Weight of ${of}`}
        aria-valuetext={`${signed(weight)}, ${meaning}`}
        style={{ '--from': `${Math.min(50, (weight + 1) * 50)}%`, '--to': `${Math.max(50, (weight + 1) * 50)}%` }}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
        onPointerUp={onDone}
        onBlur={onDone}
      />
      <output>{weight === 0 ? 'off' : signed(weight)}</output>
    </div>
  );
}
