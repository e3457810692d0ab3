/** Pictures to search with: taken in from files, the clipboard, a drop or the camera, and sent to the server. */
import { signal } from '@preact/signals';
import { uploadPicture } from '../api/ask.ts';
import { asFailure } from '../api/failure.ts';
import { MOST_TERMS, withTerm } from './search.ts';
import { goTo, goToRoute, search } from './session.ts';

/** How many pictures are on their way. */
export const uploading = signal(0);
/** What became of the last picture that could not be used; null when all is well. */
export const pictureProblem = signal<string | null>(null);

/** Pictures that were chosen on this page, by the id of the upload: their addresses in this browser. */
const local = new Map<string, string>();

/** Where an uploaded picture is shown from: this browser where it was chosen here, else the server, which has it for a day. */
export function addressOfUpload(id: string): string {
  return local.get(id) ?? `/uploads/${encodeURIComponent(id)}?width=480`;
}

/** Uploads pictures and adds each to the search. What is no picture is told in `pictureProblem`. */
export async function searchWithPictures(files: readonly Blob[]): Promise<void> {
  pictureProblem.value = null;
  for (const file of files) await searchWithPicture(file);
}

async function searchWithPicture(file: Blob): Promise<void> {
  if (search.peek().terms.length >= MOST_TERMS - 1) {
    pictureProblem.value = `A search has at most ${MOST_TERMS} terms; remove one first.`;
    return;
  }
  uploading.value++;
  try {
    const { id } = await uploadPicture(file);
    if (!local.has(id)) local.set(id, URL.createObjectURL(file));
    goToRoute('search');
    goTo(withTerm(search.peek(), { kind: 'upload', id, region: null, weight: 1 }));
  } catch (error) {
    pictureProblem.value = asFailure(error, false)?.message ?? null;
  } finally {
    uploading.value--;
  }
}

/** The files among what was dropped or pasted. */
export function filesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])];
}
