import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { lastAnswer } from '#app/reading';
import type { EngineErrorCode, EngineStatus, Prediction } from '#inference/answer';
import { languageOfPage, usePercent } from '../i18n/numbers.ts';
import { LabelGlyph } from '../letters/LabelGlyph.tsx';
import { useLabelFaces } from '../letters/use-label-faces.ts';
import { Invitation } from './Invitation.tsx';
import { ModelProgress } from './ModelProgress.tsx';
import { abstentionKey, surenessOf } from './reading-view.ts';
import type { CardReading, FailureMessage } from './reading-view.ts';

type VerdictProps = {
  readonly reading: CardReading;
  readonly idleHint: string;
  readonly engine: EngineStatus | undefined;
  readonly onRetry: (() => void) | undefined;
};

/** The head of the card: a letter, an honest "not sure", an invitation, or what went wrong. */
export function Verdict({ reading, idleHint, engine, onRetry }: VerdictProps) {
  const { t } = useTranslation('answer');
  if (reading.kind === 'refused') return <FailedVerdict message={reading.message} onRetry={onRetry} />;
  if (reading.kind === 'failed') return <EngineVerdict code={reading.code} onRetry={onRetry} />;
  const answered = lastAnswer(reading);
  if (answered !== null) return <AnsweredVerdict prediction={answered.answer.prediction} />;
  const waiting = engine !== undefined && engine.phase !== 'ready' && engine.phase !== 'failed';
  return (
    // Written on or not, the lines stay: nothing moves when the download ends.
    <Invitation
      title={reading.kind === 'loading' ? t('reading') : undefined}
      hint={reading.kind === 'idle' ? idleHint : '\u00a0'}
    >
      {waiting && <ModelProgress status={engine} />}
    </Invitation>
  );
}

function AnsweredVerdict({ prediction }: { readonly prediction: Prediction }) {
  const { t, i18n } = useTranslation('answer');
  const percent = usePercent();
  const { faceOf } = useLabelFaces();
  if (prediction.kind === 'abstention') {
    const key = abstentionKey(prediction.reason);
    return (
      <div className="verdict verdict--abstained">
        <span className="verdict__glyph verdict__glyph--ghost" aria-hidden="true" />
        <div className="verdict__words">
          <p className="verdict__name">{t(`abstain.${key}.title`)}</p>
          <p className="verdict__advice">{t(`abstain.${key}.advice`)}</p>
        </div>
      </div>
    );
  }
  const face = faceOf(prediction.label);
  const { letter } = face;
  const language = languageOfPage(i18n.language);
  const other = language === 'en' ? 'he' : 'en';
  return (
    <div className="verdict verdict--letter">
      <LabelGlyph face={face} className="verdict__glyph" />
      <div className="verdict__words">
        <p className="verdict__name">
          {face.names[language]}
          {letter !== null && (
            <span className="verdict__other" lang={other}>
              {letter.names[other]}
            </span>
          )}
        </p>
        <p className="verdict__sureness">
          <span className="verdict__percent">{percent(prediction.probability)}</span>
          {t(surenessOf(prediction.probability))}
        </p>
      </div>
      {letter !== null && (
        <span className="verdict__print print" lang="he" aria-hidden="true">
          {letter.char}
        </span>
      )}
    </div>
  );
}

function EngineVerdict({
  code,
  onRetry,
}: {
  readonly code: EngineErrorCode;
  readonly onRetry: (() => void) | undefined;
}) {
  const { t } = useTranslation('failure');
  const message = { happened: t(`${code}.happened`), kept: t(`${code}.kept`), next: t(`${code}.next`) };
  return <FailedVerdict message={message} onRetry={onRetry} />;
}

type FailedVerdictProps = { readonly message: FailureMessage; readonly onRetry: (() => void) | undefined };

function FailedVerdict({ message, onRetry }: FailedVerdictProps) {
  const { t } = useTranslation('common');
  return (
    <div className="verdict verdict--failed" role="alert">
      <div className="verdict__words">
        <p className="verdict__name">{message.happened}</p>
        <p className="verdict__advice">
          {message.kept} {message.next}
        </p>
        {onRetry !== undefined && (
          <Button className="button verdict__retry" onPress={onRetry}>
            {t('tryAgain')}
          </Button>
        )}
      </div>
    </div>
  );
}
