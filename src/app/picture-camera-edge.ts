import type { CameraProblem } from './picture-camera.ts';

export type CameraDevice = { readonly id: string; readonly label: string };

/** A running camera. Whoever opened it stops it. */
export type Camera = {
  readonly stream: MediaStream;
  readonly deviceId: string | null;
  /** Whether it has a light that pages may switch. */
  readonly hasTorch: boolean;
  torch(on: boolean): Promise<void>;
  /** Calls back once when the device goes away by itself: unplugged, taken by the system. */
  onLost(callback: () => void): void;
  stop(): void;
};

/** What keeps this browser from even being asked for a camera; null when it can be asked. */
export function cameraObstacle(): CameraProblem | null {
  if (!window.isSecureContext) return 'insecure';
  return 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices ? null : 'unsupported';
}

/**
 * The camera of that id; null asks for the one on the back. Rejects with what getUserMedia rejects with, see problemOf.
 * A camera that starts after the signal fired is stopped again.
 */
export async function openCamera(signal: AbortSignal, deviceId: string | null): Promise<Camera> {
  signal.throwIfAborted();
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      ...(deviceId === null ? { facingMode: { ideal: 'environment' } } : { deviceId: { exact: deviceId } }),
      width: { ideal: 1920 },
      height: { ideal: 1080 },
    },
  });
  const stop = (): void => stream.getTracks().forEach((track) => track.stop());
  const [track] = stream.getVideoTracks();
  if (signal.aborted || track === undefined) {
    stop();
    signal.throwIfAborted();
    throw new DOMException('a stream without a picture', 'NotFoundError');
  }
  return {
    stream,
    deviceId: track.getSettings().deviceId ?? null,
    hasTorch: hasTorch(track),
    torch: (on) => track.applyConstraints({ advanced: [torchSet(on)] }),
    onLost: (callback) => track.addEventListener('ended', callback, { once: true }),
    stop,
  };
}

/** All cameras; their labels are known only once one of them was allowed. */
export async function listCameras(): Promise<readonly CameraDevice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** What the camera shows right now, dot by dot, as a PNG file. Rejects with InvalidStateError before the first frame. */
export async function shotOf(video: HTMLVideoElement): Promise<File> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) throw new DOMException('no frame yet', 'InvalidStateError');
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new DOMException('no 2d context', 'InvalidStateError');
  context.drawImage(video, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new File([blob], '', { type: blob.type });
}

/** The light is in no list of the language's DOM types: W3C Image Capture. */
function hasTorch(track: MediaStreamTrack): boolean {
  const capabilities: object = 'getCapabilities' in track ? track.getCapabilities() : {};
  return 'torch' in capabilities && capabilities.torch === true;
}

type TorchSet = MediaTrackConstraintSet & { readonly torch: boolean };
const torchSet = (torch: boolean): TorchSet => ({ torch });
