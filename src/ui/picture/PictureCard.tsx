import { memo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { Toolbar } from 'react-aria-components/Toolbar';
import { useTranslation } from 'react-i18next';
import type { PictureDesk } from '#app/picture-desk';
import type { DeskName } from '#app/picture-desks';
import { turnOn } from '#app/pictures/crop';
import type { Picture } from '#app/pictures/picture';
import type { EngineStatus } from '#inference/answer';
import { AnswerCard } from '../answer/AnswerCard.tsx';
import { PictureAsk } from '../feedback/PictureAsk.tsx';
import { CropFrame } from './CropFrame.tsx';
import { Icon } from '../shell/Icon.tsx';
import { TurnedPreview } from './TurnedPreview.tsx';
import { useCardReading } from './use-card-reading.ts';
import './picture-card.css';

type PictureCardProps = {
  readonly picture: Picture;
  readonly name: string;
  readonly desk: PictureDesk;
  readonly source: DeskName;
  /** The only one on its desk: its crop frame is there from the start, and its answer is spoken. */
  readonly alone: boolean;
  readonly engine: EngineStatus | undefined;
  /** Said until there is an answer. */
  readonly hint?: string;
};

/**
 * A picture, what can be changed about it, and its answer. Remembered, since there may be 200 of them and one changes at a
 * time: to draw them all anew for each answer takes longer than the reading.
 */
export const PictureCard = memo(function PictureCard(props: PictureCardProps) {
  const { picture, name, desk, source, alone, engine, hint } = props;
  const { t } = useTranslation('picture');
  const cardReading = useCardReading();
  const [asked, setAsked] = useState<boolean | null>(null);
  const cropping = asked ?? alone;
  const { id, edit, preview, size, reading } = picture;
  const sound = preview !== null && size !== null;

  return (
    <article className="picture-card" aria-label={name}>
      <div className="picture-card__picture">
        <div className="picture-card__head">
          <p className="picture-card__name" title={name}>
            <bdi>{name}</bdi>
          </p>
          <Button
            className="icon-button"
            aria-label={t('remove', { name })}
            onPress={() => desk.remove(id)}
            data-testid="remove"
          >
            <Icon name="close" />
          </Button>
        </div>
        {sound ? (
          cropping ? (
            <CropFrame name={name} preview={preview} size={size} edit={edit} onEdit={(next) => desk.edit(id, next)} />
          ) : (
            <TurnedPreview name={name} preview={preview} size={size} edit={edit} />
          )
        ) : (
          // A file that is refused has nothing to show, and needs no room for it.
          reading.kind === 'loading' && (
            <div className="picture-card__blank">
              <Icon name="picture" />
            </div>
          )
        )}
        {sound && (
          <Toolbar className="picture-card__tools" aria-label={t('tools', { name })}>
            <ToggleButton className="icon-button" isSelected={cropping} onChange={setAsked} aria-label={t('crop')}>
              <Icon name="crop" />
            </ToggleButton>
            <Button
              className="icon-button"
              aria-label={t('cropAll')}
              isDisabled={edit.crop === null}
              onPress={() => desk.edit(id, { ...edit, crop: null })}
            >
              <Icon name="whole" />
            </Button>
            <Button
              className="icon-button"
              aria-label={t('turn')}
              onPress={() => desk.edit(id, turnOn(edit))}
              data-testid="turn"
            >
              <Icon name="turn" />
            </Button>
            <ToggleButton
              className="icon-button"
              aria-label={t('invert')}
              isSelected={edit.invert}
              onChange={(invert) => desk.edit(id, { ...edit, invert })}
              data-testid="invert"
            >
              <Icon name="invert" />
            </ToggleButton>
          </Toolbar>
        )}
      </div>
      <AnswerCard
        reading={cardReading(reading)}
        name={t('cardName', { name })}
        idleHint={hint ?? t(engine === undefined ? 'waiting' : 'hint')}
        engine={engine}
        onRetry={reading.kind === 'failed' ? () => desk.retry(id) : undefined}
        announce={alone}
        size="compact"
        ask={<PictureAsk picture={picture} desk={desk} source={source} />}
      />
    </article>
  );
});
