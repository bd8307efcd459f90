import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { hasAgreedToSend } from '#app/feedback-consent';
import { aimBox } from '#app/picture-camera';
import { shotOf } from '#app/picture-camera-edge';
import { noEdit } from '#app/pictures/crop';
import { useAppState } from '../app-context.tsx';
import { FeedbackSwitch } from '../feedback/FeedbackSwitch.tsx';
import { PictureCard } from '../picture/PictureCard.tsx';
import { useDeskState, usePictureDesk } from '../picture/use-picture-desk.ts';
import { CameraProblemNote } from './CameraProblemNote.tsx';
import { LiveView } from './LiveView.tsx';
import { OwnCamera } from './OwnCamera.tsx';
import { useCamera } from './use-camera.ts';
import './camera.css';

/** Aim, press, read. The live picture goes nowhere; the shot is read like any other picture. */
export function CameraScreen() {
  const { t } = useTranslation('picture');
  const desk = usePictureDesk('camera');
  const [shot] = useDeskState(desk).pictures;
  const engine = useAppState((state) => state.engine);
  const sends = useAppState(({ preferences }) => hasAgreedToSend(preferences));
  const { state, choose, again } = useCamera();
  const result = useRef<HTMLDivElement>(null);
  const shotId = shot?.id;
  const shownId = useRef(shotId);

  useEffect(() => {
    if (shotId === undefined || shownId.current === shotId) return;
    shownId.current = shotId;
    result.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [shotId]);

  async function shoot(video: HTMLVideoElement): Promise<void> {
    const crop = aimBox(video.videoWidth, video.videoHeight);
    desk.take([await shotOf(video)], { ...noEdit, crop });
  }

  return (
    <div className="camera-screen">
      <div className="camera-screen__head">
        <h1 className="page-title">{t('cameraTitle')}</h1>
        <p className="lead">{t(sends ? 'cameraLeadSends' : 'cameraLead')}</p>
      </div>
      <div className="camera-screen__view">
        {state.kind === 'live' && (
          <LiveView
            key={state.camera.stream.id}
            camera={state.camera}
            devices={state.devices}
            onChoose={choose}
            onShoot={shoot}
          />
        )}
        {state.kind === 'problem' && <CameraProblemNote problem={state.problem} onAgain={again} />}
        {(state.kind === 'starting' || state.kind === 'paused') && (
          <p className="camera-screen__wait" role="status">
            {t(state.kind)}
          </p>
        )}
        <OwnCamera onFiles={(files) => desk.take(files)} />
      </div>
      <div ref={result} className="camera-screen__result">
        {shot === undefined ? (
          <p className="camera-screen__hint">{state.kind === 'live' ? t('cameraHint') : ''}</p>
        ) : (
          <PictureCard
            picture={shot}
            name={shot.name ?? t('shotName')}
            desk={desk}
            source="camera"
            alone
            engine={engine}
            hint={t('hint')}
          />
        )}
        <FeedbackSwitch />
      </div>
    </div>
  );
}
