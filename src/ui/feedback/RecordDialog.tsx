import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import type { FeedbackRoom } from '#app/feedback-room';
import { Icon } from '../shell/Icon.tsx';
import { RecordView } from './RecordView.tsx';

type RecordDialogProps = {
  readonly room: FeedbackRoom;
  readonly id: string;
  /** The records that it stands among, in their order. */
  readonly ids: readonly string[];
  readonly onMove: (id: string) => void;
  readonly onClose: () => void;
};

/** One record in the middle of the screen, and the way to its neighbours. */
export function RecordDialog({ room, id, ids, onMove, onClose }: RecordDialogProps) {
  const { t } = useTranslation(['feedback', 'common']);
  const at = ids.indexOf(id);
  const before = ids[at - 1];
  const after = at === -1 ? undefined : ids[at + 1];
  const next = after ?? before;
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog record-dialog" data-testid="record-dialog" data-id={id}>
          <header className="dialog__header">
            <Heading slot="title" className="dialog__title">
              {t('recordTitle')}
            </Heading>
            <Button className="icon-button" aria-label={t('common:close')} onPress={onClose}>
              <Icon name="close" />
            </Button>
          </header>
          <RecordView
            key={id}
            room={room}
            id={id}
            onWithdrawn={() => (next === undefined ? onClose() : onMove(next))}
          />
          <div className="record-dialog__moves">
            <Button
              className="button button--quiet"
              isDisabled={before === undefined}
              onPress={() => before !== undefined && onMove(before)}
            >
              {t('previous')}
            </Button>
            <Button
              className="button button--quiet"
              isDisabled={after === undefined}
              onPress={() => after !== undefined && onMove(after)}
              data-testid="record-next"
            >
              {t('next')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
