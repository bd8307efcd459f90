import { useTranslation } from 'react-i18next';
import type { PictureReading } from '#app/pictures/picture';
import type { PictureFormat, Refusal } from '#app/pictures/refusal';
import type { EngineErrorCode } from '#inference/answer';
import type { CardReading, FailureMessage } from '../answer/AnswerCard.tsx';
import { useNumber } from '../i18n/numbers.ts';

const formatNames: Readonly<Record<PictureFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  gif: 'GIF',
  bmp: 'BMP',
  avif: 'AVIF',
  heic: 'HEIC',
};

/** A picture's reading as the answer card shows it: what went wrong comes with words about the picture. */
export function useCardReading(): (reading: PictureReading) => CardReading {
  const refusalWords = useRefusalWords();
  const failureWords = useFailureWords();
  return (reading) => {
    if (reading.kind === 'refused') {
      return { kind: 'refused', code: codeOf(reading.refusal), message: refusalWords(reading.refusal) };
    }
    if (reading.kind === 'failed') return { kind: 'refused', code: reading.code, message: failureWords(reading.code) };
    return reading;
  };
}

/** data-error: not-a-picture says what it is instead. */
const codeOf = (refusal: Refusal): string => (refusal.code === 'not-a-picture' ? refusal.content : refusal.code);

function useRefusalWords(): (refusal: Refusal) => FailureMessage {
  const { t } = useTranslation('picture');
  const number = useNumber(0);
  return (refusal) => {
    const key = refusal.code === 'not-a-picture' ? refusal.content : refusal.code;
    return {
      happened: t(`refusal.${key}.happened`, wordsIn(refusal, number)),
      // Nothing of it was taken, so nothing of it was kept.
      kept: '',
      next: t(`refusal.${key}.next`),
    };
  };
}

const noWords = { name: '', format: '', width: '', height: '', megabytes: '', limit: '' };

/** What a message may have in it. The types of the translations want every word for every key. */
function wordsIn(refusal: Refusal, number: (value: number) => string): typeof noWords {
  switch (refusal.code) {
    case 'unsupported-format':
      return { ...noWords, name: refusal.name };
    case 'truncated':
    case 'damaged':
    case 'undecodable':
      return { ...noWords, format: formatNames[refusal.format] };
    case 'too-many-pixels':
      return { ...noWords, ...sides(refusal, number), limit: number(refusal.limit / 1_000_000) };
    case 'too-long-side':
      return { ...noWords, ...sides(refusal, number), limit: number(refusal.limit) };
    case 'too-heavy':
    case 'file-too-large':
      return { ...noWords, megabytes: number(refusal.megabytes), limit: number(refusal.limit) };
    default:
      return noWords;
  }
}

const sides = (
  { width, height }: { readonly width: number; readonly height: number },
  number: (value: number) => string,
): { readonly width: string; readonly height: string } => ({ width: number(width), height: number(height) });

/** The engine's own failures speak of a drawing; here it is a picture that was kept. */
function useFailureWords(): (code: EngineErrorCode) => FailureMessage {
  const { t } = useTranslation(['picture', 'failure']);
  return (code) => ({
    happened: t(`${code}.happened`, { ns: 'failure' }),
    kept: t('kept'),
    next: code === 'bad-input' ? t('badInputNext') : t(`${code}.next`, { ns: 'failure' }),
  });
}
