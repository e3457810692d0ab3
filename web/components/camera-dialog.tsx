import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { searchWithPictures } from '../search/pictures.ts';
import { Dialog } from './dialog.tsx';

/** Shows what the camera sees and searches with the moment that is taken. The camera is off as soon as the dialog is closed. */
export function CameraDialog({ onClose }: { readonly onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const problem = useSignal<string | null>(null);
  const ready = useSignal(false);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let closed = false;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      (opened) => {
        stream = opened;
        if (closed) stop();
        else if (video.current !== null) video.current.srcObject = opened;
      },
      (error: DOMException) => {
        problem.value =
          error.name === 'NotAllowedError'
            ? 'The browser was told not to let this page use the camera.'
            : 'No camera can be used here.';
      },
    );
    return () => {
      closed = true;
      stop();
    };
  }, [problem]);
  const take = () => {
    const { current } = video;
    if (current === null) return;
    const canvas = document.createElement('canvas');
    canvas.width = current.videoWidth;
    canvas.height = current.videoHeight;
    canvas.getContext('2d')?.drawImage(current, 0, 0);
    canvas.toBlob(
      (picture) => {
        if (picture !== null) void searchWithPictures([picture]);
        onClose();
      },
      'image/jpeg',
      0.9,
    );
  };
  return (
    <Dialog title="Take a photo" kind="camera" onClose={onClose}>
      {problem.value === null ? (
        <>
          <video
            ref={video}
            autoplay
            playsInline
            muted
            aria-label="What the camera sees"
            onLoadedMetadata={() => {
              ready.value = true;
            }}
          />
          <button type="button" class="primary" disabled={!ready.value} onClick={take}>
            Search with this
          </button>
        </>
      ) : (
        <p class="notice">{problem.value}</p>
      )}
    </Dialog>
  );
}
