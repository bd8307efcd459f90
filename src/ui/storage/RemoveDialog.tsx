import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import type { ListedVersion } from '#app/storage-edge';
import { useByteSize } from './use-byte-size.ts';

type RemoveDialogProps = {
  readonly kept: ListedVersion;
  readonly onRemove: () => void;
  readonly onClose: () => void;
};

/** Asks once more, and says what goes, what stays, and that nothing is lost for good. */
export function RemoveDialog({ kept: { model, version, bytes }, onRemove, onClose }: RemoveDialogProps) {
  const { t } = useTranslation('install');
  const size = useByteSize();
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={onClose}>
      <Modal className="modal">
        <Dialog className="dialog storage-ask" role="alertdialog">
          <Heading slot="title" className="dialog__title">
            {t('storageAsk', { name: model, version })}
          </Heading>
          <p>{t('storageAskWhat', { size: size(bytes) })}</p>
          <div className="storage-ask__actions">
            <Button className="button button--quiet" onPress={onClose}>
              {t('storageKeep')}
            </Button>
            <Button className="button storage-ask__remove" onPress={onRemove} data-testid="remove-version-yes">
              {t('storageRemove')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
