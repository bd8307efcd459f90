import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { Icon } from '../shell/Icon.tsx';

type KeysDialogProps = { readonly isOpen: boolean; readonly onOpenChange: (open: boolean) => void };

/** All keys of the sheet. */
export function KeysDialog({ isOpen, onOpenChange }: KeysDialogProps) {
  const { t } = useTranslation(['draw', 'common']);
  const rows: readonly (readonly [keys: readonly string[], meaning: string])[] = [
    [[t('keyArrows')], t('keyMove')],
    [['Shift', t('keyArrows')], t('keyMoveFar')],
    [[t('keySpace')], t('keyPen')],
    [['Ctrl', 'Z'], t('keyUndo')],
    [['Ctrl', 'Shift', 'Z'], t('keyRedo')],
    [['E'], t('keyEraser')],
    [[t('keySpace')], t('keyEraseHere')],
    [['Delete'], t('keyClear')],
    [['?'], t('keyHelp')],
  ];
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog">
          <header className="dialog__header">
            <Heading slot="title" className="dialog__title">
              {t('helpTitle')}
            </Heading>
            <Button slot="close" className="icon-button" aria-label={t('common:close')}>
              <Icon name="close" />
            </Button>
          </header>
          <dl className="keys">
            {rows.map(([keys, meaning]) => (
              <div key={meaning} className="keys__row">
                <dt>
                  {keys.map((key) => (
                    <kbd key={key} dir="auto">
                      {key}
                    </kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
