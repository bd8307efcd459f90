import { useEffect, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { useTranslation } from 'react-i18next';
import { aimBox } from '#app/picture-camera';
import type { Camera, CameraDevice } from '#app/picture-camera-edge';
import { useNumber } from '../i18n/numbers.ts';
import { Icon } from '../shell/Icon.tsx';

type LiveViewProps = {
  readonly camera: Camera;
  readonly devices: readonly CameraDevice[];
  readonly onChoose: (deviceId: string) => void;
  readonly onShoot: (video: HTMLVideoElement) => Promise<void>;
};

type Frame = { readonly width: number; readonly height: number };

/** The live picture, the frame to aim with, the shutter. What the frame holds is what is read. */
export function LiveView({ camera, devices, onChoose, onShoot }: LiveViewProps) {
  const { t } = useTranslation('picture');
  const video = useRef<HTMLVideoElement>(null);
  const [frame, setFrame] = useState<Frame | null>(null);
  const [light, setLight] = useState(false);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = camera.stream;
    return () => {
      element.srcObject = null;
    };
  }, [camera]);

  async function shoot(): Promise<void> {
    if (video.current === null || busy) return;
    setBusy(true);
    try {
      await onShoot(video.current);
    } finally {
      setBusy(false);
    }
  }

  async function switchLight(on: boolean): Promise<void> {
    setLight(on);
    try {
      await camera.torch(on);
    } catch {
      // It said that it has a light and does not switch it; the button tells the truth again.
      setLight(!on);
    }
  }

  return (
    <>
      <div
        className="live"
        style={{ '--aspect': frame === null ? 4 / 3 : frame.width / frame.height } as CSSProperties}
      >
        <video
          ref={video}
          className="live__video"
          autoPlay
          muted
          playsInline
          aria-label={t('live')}
          data-testid="live"
          onResize={({ currentTarget }) => setFrame(sizeOf(currentTarget))}
          onLoadedMetadata={({ currentTarget }) => setFrame(sizeOf(currentTarget))}
        />
        {frame !== null && <div className="live__aim" style={aimStyle(frame)} role="img" aria-label={t('aim')} />}
      </div>
      <div className="camera-tools">
        <CameraChoice camera={camera} devices={devices} onChoose={onChoose} />
        <Button
          className="shutter"
          aria-label={t('shoot')}
          isDisabled={frame === null}
          onPress={() => void shoot()}
          data-testid="shoot"
        />
        {camera.hasTorch ? (
          <ToggleButton
            className="icon-button"
            isSelected={light}
            onChange={(on) => void switchLight(on)}
            aria-label={t('torch')}
          >
            <Icon name="torch" />
          </ToggleButton>
        ) : (
          <span />
        )}
      </div>
    </>
  );
}

type CameraChoiceProps = Pick<LiveViewProps, 'camera' | 'devices' | 'onChoose'>;

function CameraChoice({ camera, devices, onChoose }: CameraChoiceProps) {
  const { t } = useTranslation('picture');
  const number = useNumber(0);
  if (devices.length < 2) return <span />;
  return (
    <label className="camera-choice">
      <Icon name="switch" />
      <span className="visually-hidden">{t('device')}</span>
      <select
        value={camera.deviceId ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data-testid="camera-device"
      >
        {devices.map(({ id, label }, index) => (
          <option key={id} value={id}>
            {label === '' ? t('deviceNumber', { number: number(index + 1) }) : label}
          </option>
        ))}
      </select>
    </label>
  );
}

const sizeOf = ({ videoWidth, videoHeight }: HTMLVideoElement): Frame | null =>
  videoWidth > 0 && videoHeight > 0 ? { width: videoWidth, height: videoHeight } : null;

function aimStyle({ width, height }: Frame): CSSProperties {
  const { left, top, right, bottom } = aimBox(width, height);
  return {
    left: `${(left / width) * 100}%`,
    top: `${(top / height) * 100}%`,
    width: `${((right - left) / width) * 100}%`,
    height: `${((bottom - top) / height) * 100}%`,
  };
}
