import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '#app/language';

export const languageOfPage = (tag: string): Language => (tag === 'he' ? 'he' : 'en');

/** Whole percents, as the language writes them. Nothing that is uncertain is shown as 0 % or 100 %. */
export function usePercent(): (probability: number) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const whole = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
    return (probability) => {
      if (probability > 0 && probability < 0.005) return `<${whole.format(0.01)}`;
      return whole.format(probability < 1 ? Math.min(probability, 0.99) : 1);
    };
  }, [i18n.language]);
}

/** Numbers with at most so many digits behind the point. */
export function useNumber(fractionDigits: number): (value: number) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: fractionDigits });
    return (value) => format.format(value);
  }, [i18n.language, fractionDigits]);
}
