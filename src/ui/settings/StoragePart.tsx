import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedbackRoom, StorageNumbers } from '#app/feedback-room';
import { useFeedbackState } from '../feedback/use-feedback.ts';
import { useNumber } from '../i18n/numbers.ts';
import { useByteSize } from '../storage/use-byte-size.ts';

/** Whether the browser keeps it, how much there is and is left, and what has not left yet. */
export function StoragePart({ room }: { readonly room: FeedbackRoom }) {
  const { t } = useTranslation('feedback');
  const whole = useNumber(0);
  const inWords = useByteSize();
  const counts = useFeedbackState((state) => state.counts);
  const [numbers, setNumbers] = useState<StorageNumbers | null>(null);
  useEffect(() => {
    let gone = false;
    // Never rejects: what the browser does not tell is null.
    void room.storage().then((found) => !gone && setNumbers(found));
    return () => {
      gone = true;
    };
  }, [room, counts]);
  if (numbers === null) return null;
  const { persisted, used, left } = numbers;
  const size = (bytes: number | null): string => (bytes === null ? t('unknown') : inWords(bytes));
  return (
    <div className="feedback-part" data-testid="storage" data-persisted={persisted ?? undefined}>
      <p>{t(persisted === null ? 'persistUnknown' : persisted ? 'persisted' : 'notPersisted')}</p>
      <dl className="facts">
        <dt>{t('used')}</dt>
        <dd>{size(used)}</dd>
        <dt>{t('left')}</dt>
        <dd>{size(left)}</dd>
        <dt>{t('unsent')}</dt>
        <dd>{counts === null ? t('unknown') : whole(counts.waiting)}</dd>
      </dl>
    </div>
  );
}
