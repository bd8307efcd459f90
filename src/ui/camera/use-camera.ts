import { useCallback, useEffect, useState } from 'react';
import { problemOf } from '#app/picture-camera';
import type { CameraProblem } from '#app/picture-camera';
import { cameraObstacle, listCameras, openCamera } from '#app/picture-camera-edge';
import type { Camera, CameraDevice } from '#app/picture-camera-edge';

export type CameraState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'live'; readonly camera: Camera; readonly devices: readonly CameraDevice[] }
  /** The page is out of sight, so the camera is off. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'problem'; readonly problem: CameraProblem };

const starting: CameraState = { kind: 'starting' };
const paused: CameraState = { kind: 'paused' };

/** A camera that runs while the screen is there and in sight, and not a moment longer. */
export function useCamera(): {
  readonly state: CameraState;
  readonly choose: (deviceId: string) => void;
  readonly again: () => void;
} {
  const [wanted, setWanted] = useState<{ readonly deviceId: string | null }>({ deviceId: null });
  const [running, setRunning] = useState<CameraState>(starting);
  const [obstacle] = useState(cameraObstacle);
  const hidden = useHidden();
  const off = hidden || obstacle !== null;

  useEffect(() => {
    if (off) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    let opened: Camera | null = null;
    const start = async (): Promise<void> => {
      const camera = await openCamera(signal, wanted.deviceId);
      opened = camera;
      camera.onLost(() => {
        if (!signal.aborted) setRunning({ kind: 'problem', problem: 'lost' });
      });
      const devices = await listCameras();
      if (!signal.aborted) setRunning({ kind: 'live', camera, devices });
    };
    start().catch((error: unknown) => {
      if (!signal.aborted) setRunning({ kind: 'problem', problem: problemOf(error) });
    });
    return () => {
      controller.abort();
      opened?.stop();
      setRunning(starting);
    };
  }, [off, wanted]);

  return {
    state: obstacle !== null ? { kind: 'problem', problem: obstacle } : hidden ? paused : running,
    choose: useCallback((deviceId: string) => setWanted({ deviceId }), []),
    again: useCallback(() => setWanted((before) => ({ ...before })), []),
  };
}

function useHidden(): boolean {
  const [hidden, setHidden] = useState(() => document.hidden);
  useEffect(() => {
    const change = (): void => setHidden(document.hidden);
    document.addEventListener('visibilitychange', change);
    return () => document.removeEventListener('visibilitychange', change);
  }, []);
  return hidden;
}
