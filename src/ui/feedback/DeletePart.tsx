import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { codeOf } from '#app/feedback-actions';
import type { FeedbackRoom } from '#app/feedback-room';
import type { OutboxErrorCode } from '#feedback/outbox';
import { useNumber } from '../i18n/numbers.ts';
import { SaveProblem } from './SaveProblem.tsx';
import { useFeedbackState } from './use-feedback.ts';

/** Everything away from this device, once it was asked twice. */
export function DeletePart({ room }: { readonly room: FeedbackRoom }) {
  const { t } = useTranslation('feedback');
  const number = useNumber(0);
  const counts = useFeedbackState((state) => state.counts);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<OutboxErrorCode | null>(null);
  const kept = counts?.kept ?? 0;
  const waiting = counts?.waiting ?? 0;

  async function clear(): Promise<void> {
    setAsking(false);
    setProblem(null);
    try {
      await room.outbox.clear();
      setDone(true);
    } catch (error) {
      setProblem(codeOf(error));
    }
  }

  return (
    <div className="feedback-part">
      <p>{t('deleteWarn')}</p>
      <div className="feedback-part__actions">
        <Button className="button button--danger" onPress={() => setAsking(true)} data-testid="delete-all">
          {t('deleteAll')}
        </Button>
      </div>
      <p role="status">{done && kept === 0 ? t('deleted') : ''}</p>
      {problem !== null && <SaveProblem title={t('deleteTitle')} code={problem} />}
      <ModalOverlay className="overlay" isOpen={asking} onOpenChange={setAsking}>
        <Modal className="modal">
          <Dialog className="dialog consent" role="alertdialog">
            <Heading slot="title" className="dialog__title">
              {t('deleteAsk', { count: kept, total: number(kept) })}
            </Heading>
            {waiting > 0 && <p>{t('deleteUnsent', { count: waiting, total: number(waiting) })}</p>}
            <p>{t('deleteWarn')}</p>
            <div className="dialog__actions">
              <Button className="button button--quiet" onPress={() => setAsking(false)}>
                {t('deleteNo')}
              </Button>
              <Button className="button button--danger" onPress={() => void clear()} data-testid="delete-all-yes">
                {t('deleteYes')}
              </Button>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </div>
  );
}
