import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedbackRecord } from '#feedback/record';
import { usePercent } from '../i18n/numbers.ts';
import { useLabelFaces } from '../letters/use-label-faces.ts';
import { RasterPicture } from './RasterPicture.tsx';
import { useJudgementWords } from './use-judgement-words.ts';

/** All that a person can see of a record. */
export function RecordFacts({ record }: { readonly record: FeedbackRecord }) {
  const { t, i18n } = useTranslation('feedback');
  const percent = usePercent();
  const words = useJudgementWords();
  const { nameOf } = useLabelFaces();
  const { seen, picture, prediction, receipt, label, verdict, source, time } = record;
  const [best] = prediction.top;
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const read = prediction.label === null ? t('readNothing') : nameOf(prediction.label);
  const facts: readonly (readonly [name: string, value: string])[] = [
    [t('yourWord'), `${words({ label })} (${t(`verdictName.${verdict}`)})`],
    [t('read'), best === undefined ? read : `${read}, ${percent(best.probability)}`],
    [t('when'), when.format(new Date(time))],
    [t('source'), t(`sourceName.${source}`)],
    [t('model'), `${receipt.model} ${receipt.version}`],
  ];
  return (
    <>
      <div className="record-pictures">
        {seen !== null && <RasterPicture raster={seen.raster} className="record-pictures__seen" alt={t('seenAlt')} />}
        {picture !== null && <RecordPicture bytes={picture} />}
      </div>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="facts__row">
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function RecordPicture({ bytes }: { readonly bytes: Uint8Array }) {
  const { t } = useTranslation('feedback');
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
    image.current?.setAttribute('src', url);
    return () => URL.revokeObjectURL(url);
  }, [bytes]);
  return <img ref={image} className="record-pictures__picture" alt={t('pictureAlt')} />;
}
