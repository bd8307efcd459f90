import { useTranslation } from 'react-i18next';
import type { AdaptationReport } from '#insight/adaptation-learner';
import { useNumber } from '../i18n/numbers.ts';

/** How often this person's letters were read wrongly, without and with what was learnt. */
export function AdaptationFigures({ report }: { readonly report: AdaptationReport }) {
  const { t } = useTranslation('adaptation');
  const number = useNumber(0);
  const { verified, letters, wrongBefore, wrongAfter, helps } = report;
  return (
    <>
      <p>
        {t('verified', { count: verified })}, {t('kinds', { letters: number(letters) })}
      </p>
      <dl className="adaptation__figures">
        <dt>{t('before')}</dt>
        <dd>{number(wrongBefore)}</dd>
        <dt>{t('after')}</dt>
        <dd>{number(wrongAfter)}</dd>
      </dl>
      <p className="adaptation__small">{t('measured')}</p>
      {!helps && <p>{t('resting')}</p>}
    </>
  );
}
