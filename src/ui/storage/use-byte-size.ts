import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNumber } from '../i18n/numbers.ts';

/**
 * Bytes as people read them, in the page's language: 14.2 MB. Thousands, not 1024s, as storage is sold. The units are words of
 * ours: Intl writes them in Latin letters in Hebrew too, and between Hebrew words those change places with their number.
 */
export function useByteSize(): (bytes: number) => string {
  const { t } = useTranslation('install');
  const whole = useNumber(0);
  const tenths = useNumber(1);
  return useCallback(
    (bytes) => {
      if (bytes >= 1e9) return t('gigabytes', { amount: tenths(bytes / 1e9) });
      if (bytes >= 1e6) return t('megabytes', { amount: tenths(bytes / 1e6) });
      return t('kilobytes', { amount: whole(Math.ceil(bytes / 1e3)) });
    },
    [t, whole, tenths],
  );
}
