import type { PictureContent, PictureLook, PictureView, Region } from '../../embedding/embedder.ts';

/** How a shop's pictures are framed. */
export interface FrameStyle {
  /** Width by height that most of them have; null where they have none in common. */
  readonly aspect: number | null;
  /** Plain ground that they leave around what they show (PictureLook.margin): from little to much, no two alike; at least one. */
  readonly margins: readonly number[];
}

/** A part of a picture that may be what is meant. */
export interface ViewToTry {
  readonly view: PictureView;
  /** The same content with a little more and a little less ground around it; none where it has none. */
  readonly closer: () => readonly PictureView[];
}

/** What is tried next to the best margin, to either side. */
const SMALL_STEP = 0.02;

/** The whole picture, as it is. */
export const WHOLE: PictureView = { frame: { x: 0, y: 0, width: 1, height: 1 }, ground: [255, 255, 255], turn: 0 };

/**
 * The parts of a picture that may be what is meant: without its plain margins, bars and letterboxes, framed as the shop frames its own. A photo in a frame is cut out as it is; a thing on plain ground
 * gets ground around it again, since the shop's own pictures have some and nothing tells where it began: in the middle of the picture, as it is where margins were added on all
 * sides, or in the middle of the frame.
 *
 * @returns at most eight, the whole picture not among them; none where there is nothing to trim
 */
export function viewsOf(look: PictureLook, style: FrameStyle): ViewToTry[] {
  return look.contents.flatMap((content, place) => {
    if (content.isRectangle) return [{ view: viewOf(content, content.region), closer: () => [] }];
    // What is left of a page without its bars and words is nowhere near the middle of the screen.
    const centred = place === 0 ? style.margins.map((margin) => framed(content, look, style, margin, 'picture')) : [];
    const middling = style.margins[Math.floor(style.margins.length / 2)] ?? 0;
    return [...centred, framed(content, look, style, middling, 'content')];
  });
}

/** The part of a frame that lies within the picture. */
export function insideOf({ x, y, width, height }: Region): Region {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  return { x: left, y: top, width: Math.min(1, x + width) - left, height: Math.min(1, y + height) - top };
}

function viewOf({ ground }: PictureContent, frame: Region): PictureView {
  return { frame, ground, turn: 0 };
}

function framed(
  content: PictureContent,
  look: PictureLook,
  style: FrameStyle,
  margin: number,
  middle: 'picture' | 'content',
): ViewToTry {
  const at = (share: number) => viewOf(content, frameAround(content.region, look, style, share, middle));
  // Less than none, too: JPEG blurs an edge into the ground beside it, and a small picture's content is found a pixel too large.
  return { view: at(margin), closer: () => [at(margin - SMALL_STEP), at(margin + SMALL_STEP)] };
}

/** The smallest frame of the shop's shape (or the picture's own) with this middle, in which a content has at least this margin on each side. */
function frameAround(
  { x, y, width, height }: Region,
  look: PictureLook,
  style: FrameStyle,
  margin: number,
  middle: 'picture' | 'content',
): Region {
  const aspect = style.aspect ?? look.width / look.height;
  const [middleX, middleY] = middle === 'picture' ? [0.5, 0.5] : [x + width / 2, y + height / 2];
  const half = {
    width: Math.max(middleX - x, x + width - middleX) * look.width,
    height: Math.max(middleY - y, y + height - middleY) * look.height,
  };
  const least = { width: (2 * half.width) / (1 - 2 * margin), height: (2 * half.height) / (1 - 2 * margin) };
  const frameWidth = Math.max(least.width, least.height * aspect) / look.width;
  const frameHeight = Math.max(least.height, least.width / aspect) / look.height;
  return { x: middleX - frameWidth / 2, y: middleY - frameHeight / 2, width: frameWidth, height: frameHeight };
}
