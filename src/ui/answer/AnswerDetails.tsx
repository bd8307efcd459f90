import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#inference/answer';
import { useNumber } from '../i18n/numbers.ts';
import { LetterCard } from '../letters/LetterCard.tsx';
import { useLabelFaces } from '../letters/use-label-faces.ts';
import { SeenRaster } from './SeenRaster.tsx';

/** Where the answer came from, and two panels to open: what the model saw, and the card of the letter. */
export function AnswerDetails({ answer }: { readonly answer: Answer | null }) {
  const { t } = useTranslation('answer');
  const number = useNumber(1);
  const { faceOf } = useLabelFaces();
  const letter = answer?.prediction.kind === 'letter' ? faceOf(answer.prediction.label).letter : null;
  return (
    <div className="answer-details">
      <p className="answer-details__line" data-testid="receipt">
        {answer === null ? (
          '\u00a0'
        ) : (
          <>
            <span title={t('readIn')}>{t('milliseconds', { value: number(answer.timing.total) })}</span>
            <span title={t('model')}>
              <bdi>
                {answer.receipt.model} {answer.receipt.version}
              </bdi>
            </span>
            <span title={t('backend')}>
              <bdi>{t(`backendName.${answer.receipt.backend}`)}</bdi>
            </span>
          </>
        )}
      </p>
      {answer !== null && answer.raster !== null && (
        <Panel title={t('seen')}>
          <SeenRaster raster={answer.raster} />
        </Panel>
      )}
      {letter !== null && (
        <Panel title={t('letterCard')}>
          <LetterCard letter={letter} />
        </Panel>
      )}
    </div>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Disclosure className="panel">
      <Heading level={3} className="panel__heading">
        <Button slot="trigger" className="panel__trigger">
          <svg className="panel__chevron" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M2.5 4.5 6 8l3.5-3.5" />
          </svg>
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="panel__body">{children}</DisclosurePanel>
    </Disclosure>
  );
}
