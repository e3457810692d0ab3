import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { between, type Grip, isLargeEnough, moved, type Point, tidied } from '../search/region.ts';
import type { Region } from '../search/search.ts';
import { percent } from '../wording.ts';

const CORNERS: readonly Grip[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];
/** Of the picture's side, for each press of an arrow key. */
const STEP = 0.02;
/** What the keyboard begins with. */
const MIDDLE: Region = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

/**
 * A picture with the part that is meant. With a mouse: drag a new rectangle, move it, pull a corner. By touch: the same, once "draw" is on,
 * since the page must scroll otherwise. By keys: arrows move the rectangle, with Shift they change its size, Delete takes it away.
 *
 * @param onChange - gets the rectangle when it was let go; null for the whole picture
 */
export function RegionEditor({
  src,
  alt,
  region,
  onChange,
  onMissing,
}: {
  readonly src: string;
  readonly alt: string;
  readonly region: Region | null;
  readonly onChange: (region: Region | null) => void;
  /** The picture could not be shown. */
  readonly onMissing: () => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const drawn = useSignal<Region | null>(null);
  const held = useRef<{ from: Point; grip: Grip | null; was: Region | null } | null>(null);
  const byTouch = useSignal(false);
  const on = drawn.value ?? region;

  const pointAt = (event: PointerEvent): Point => {
    const box = frame.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  const take = (event: PointerEvent) => {
    if (event.button !== 0 || (event.pointerType === 'touch' && !byTouch.value)) return;
    const grip = event.target instanceof HTMLElement ? (event.target.dataset.grip as Grip | undefined) : undefined;
    held.current = { from: pointAt(event), grip: grip ?? null, was: on };
    frame.current?.setPointerCapture(event.pointerId);
    event.preventDefault();
    if (event.target instanceof HTMLElement && event.target.dataset.grip === 'all') event.target.focus();
  };
  const move = (event: PointerEvent) => {
    if (held.current === null) return;
    const { from, grip, was } = held.current;
    const to = pointAt(event);
    drawn.value =
      grip === null || was === null ? between(from, to) : moved(was, grip, { x: to.x - from.x, y: to.y - from.y });
  };
  const letGo = () => {
    const result = drawn.value;
    held.current = null;
    drawn.value = null;
    if (result !== null && isLargeEnough(result)) onChange(tidied(result));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') onChange(null);
    else {
      const by = arrow(event.key);
      if (by === null || region === null) return;
      onChange(tidied(moved(region, event.shiftKey ? 'bottom-right' : 'all', by)));
    }
    event.preventDefault();
  };

  return (
    <div class="region-editor">
      <div
        ref={frame}
        class={`region-frame ${byTouch.value ? 'is-drawing' : ''}`}
        onPointerDown={take}
        onPointerMove={move}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        <img src={src} alt={alt} draggable={false} onError={onMissing} />
        {on !== null && (
          <div
            class="region"
            role="application"
            aria-roledescription="rectangle"
            aria-label={`The part that is meant: ${inWords(on)}. Arrows move it, with Shift they change its size, Delete takes it away.`}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys; `application` says so.
            tabIndex={0}
            data-grip="all"
            style={{
              left: `${on.x * 100}%`,
              top: `${on.y * 100}%`,
              width: `${on.width * 100}%`,
              height: `${on.height * 100}%`,
            }}
            onKeyDown={onKey}
          >
            {CORNERS.map((corner) => (
              <span key={corner} class={`grip grip-${corner}`} data-grip={corner} />
            ))}
          </div>
        )}
      </div>
      <p class="region-hint">
        {region === null ? (
          <>
            <span class="by-mouse">Drag on the picture to say which part you mean.</span>
            <button type="button" class="link" onClick={() => onChange(MIDDLE)}>
              Choose a part
            </button>
          </>
        ) : (
          <button type="button" class="link" onClick={() => onChange(null)}>
            Use the whole picture
          </button>
        )}
        <button
          type="button"
          class="link by-touch"
          aria-pressed={byTouch.value}
          onClick={() => {
            byTouch.value = !byTouch.value;
          }}
        >
          {byTouch.value ? 'Done drawing' : 'Draw'}
        </button>
      </p>
    </div>
  );
}

function arrow(key: string): Point | null {
  switch (key) {
    case 'ArrowLeft':
      return { x: -STEP, y: 0 };
    case 'ArrowRight':
      return { x: STEP, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -STEP };
    case 'ArrowDown':
      return { x: 0, y: STEP };
    default:
      return null;
  }
}

function inWords({ x, y, width, height }: Region): string {
  return `${percent(width)} by ${percent(height)}, ${percent(x)} from the left, ${percent(y)} from the top`;
}
