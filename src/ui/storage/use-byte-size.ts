import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Bytes as people read them, in the page's language: 14.2 MB. Thousands, not 1024s, as storage is sold. */
export function useByteSize(): (bytes: number) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = (unit: 'kilobyte' | 'megabyte' | 'gigabyte', fractionDigits: number) =>
      new Intl.NumberFormat(i18n.language, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: fractionDigits,
      });
    const [kilo, mega, giga] = [format('kilobyte', 0), format('megabyte', 1), format('gigabyte', 1)];
    return (bytes) => {
      if (bytes >= 1e9) return giga.format(bytes / 1e9);
      return bytes >= 1e6 ? mega.format(bytes / 1e6) : kilo.format(Math.ceil(bytes / 1e3));
    };
  }, [i18n.language]);
}
