import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { searchWithPictures, uploading } from '../search/pictures.ts';
import { CameraDialog } from './camera-dialog.tsx';
import { Icon } from './icon.tsx';

/** Chooses pictures from files, or takes one with the camera. */
export function PictureButtons() {
  const files = useRef<HTMLInputElement>(null);
  const photo = useRef<HTMLInputElement>(null);
  const withCamera = useSignal(false);
  const take = (input: HTMLInputElement) => {
    void searchWithPictures([...(input.files ?? [])]);
    // The same file can be chosen again.
    input.value = '';
  };
  // Only pages that came over https or from this machine may use the camera; elsewhere the phone's own camera app does it.
  const openCamera = () => {
    if (navigator.mediaDevices === undefined) photo.current?.click();
    else withCamera.value = true;
  };
  return (
    <>
      <input
        ref={files}
        class="off-screen"
        type="file"
        accept="image/*"
        multiple
        tabIndex={-1}
        aria-label="Pictures to search with"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={photo}
        class="off-screen"
        type="file"
        accept="image/*"
        capture="environment"
        tabIndex={-1}
        aria-label="A photo to search with"
        onChange={(event) => take(event.currentTarget)}
      />
      <button
        type="button"
        class="quiet icon-only"
        aria-label="Search with a picture"
        title="Choose a picture; or drop or paste one anywhere"
        aria-busy={uploading.value > 0}
        onClick={() => files.current?.click()}
      >
        <Icon name="picture" />
      </button>
      <button
        type="button"
        class="quiet icon-only"
        aria-label="Take a photo to search with"
        title="Take a photo"
        onClick={openCamera}
      >
        <Icon name="camera" />
      </button>
      {withCamera.value && (
        <CameraDialog
          onClose={() => {
            withCamera.value = false;
          }}
        />
      )}
    </>
  );
}
