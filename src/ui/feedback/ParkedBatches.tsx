import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedbackRoom } from '#app/feedback-room';
import type { BatchHead } from '#feedback/outbox';
import { useNumber } from '../i18n/numbers.ts';

/** What the target does not take, and why. It is offered again with the next "Send now". */
export function ParkedBatches({ room }: { readonly room: FeedbackRoom }) {
  const { t } = useTranslation('feedback');
  const number = useNumber(0);
  const [batches, setBatches] = useState<readonly BatchHead[]>([]);
  useEffect(() => {
    let gone = false;
    const read = (): void => {
      room.outbox.batches().then(
        (found) => !gone && setBatches(found),
        // The counts and the list say what is wrong with the outbox; here the last state stays.
        () => undefined,
      );
    };
    read();
    const stop = room.outbox.subscribe(read);
    return () => {
      gone = true;
      stop();
    };
  }, [room]);
  const parked = batches.filter(({ state }) => state.kind === 'parked');
  if (parked.length === 0) return null;
  return (
    <div className="parked">
      <p className="parked__title">{t('parkedTitle')}</p>
      <ul>
        {parked.map(
          ({ name, members, state }) =>
            state.kind === 'parked' && (
              <li key={name} data-testid="parked" data-status={state.status}>
                {t('parked', {
                  count: members.length,
                  total: number(members.length),
                  status: state.status > 0 ? state.status : t('noStatus'),
                  reason: state.reason,
                })}
              </li>
            ),
        )}
      </ul>
    </div>
  );
}
