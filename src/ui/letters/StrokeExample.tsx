import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Letter } from '#app/alphabet';
import { BASELINE, HEADLINE } from '#app/sheet';
import type { Stroke } from '#glyph/ink';
import { languageOfPage } from '../i18n/numbers.ts';
import { exampleOf, pathOf } from './strokes.ts';

const SIDE = 100;

/** A letter written stroke by stroke on a small ruled sheet. It moves only when asked to, and not at all with reduced motion. */
export function StrokeExample({ letter }: { readonly letter: Letter }) {
  const { t, i18n } = useTranslation('letters');
  const [round, setRound] = useState(0);
  const ink = exampleOf(letter.label);
  if (ink.length === 0) return null;
  const name = letter.names[languageOfPage(i18n.language)];
  return (
    <div className="example">
      <svg
        key={round}
        className={round > 0 ? 'example__sheet example__sheet--writing' : 'example__sheet'}
        viewBox={`8 8 ${SIDE - 16} ${SIDE - 16}`}
        role="img"
        aria-label={t('howWritten', { name })}
      >
        <path className="example__rule" d={`M0 ${HEADLINE * SIDE}H${SIDE}M0 ${BASELINE * SIDE}H${SIDE}`} />
        {ink.map((stroke, n) => (
          <StrokePath key={n} stroke={stroke} />
        ))}
        {ink.map((stroke, n) => (
          <StrokeStart key={n} stroke={stroke} number={n + 1} alone={ink.length === 1} />
        ))}
      </svg>
      <p className="example__words">
        {t('strokes', { count: ink.length })}
        <Button className="link-button example__play" onPress={() => setRound(round + 1)}>
          {t(round === 0 ? 'animate' : 'again')}
        </Button>
      </p>
    </div>
  );
}

function StrokePath({ stroke }: { readonly stroke: Stroke }) {
  const first = stroke[0];
  const last = stroke.at(-1);
  if (first === undefined || last === undefined) return null;
  // pathLength 1 makes the dash of the animation as long as the stroke, whatever its shape.
  return (
    <path
      className="example__stroke"
      d={pathOf(stroke, SIDE)}
      pathLength={1}
      style={{ animationDelay: `${first.t}ms`, animationDuration: `${last.t - first.t}ms` }}
    />
  );
}

/** A dot where the pen comes down, with the number of the stroke when there are several. */
function StrokeStart(props: { readonly stroke: Stroke; readonly number: number; readonly alone: boolean }) {
  const first = props.stroke[0];
  if (first === undefined) return null;
  return (
    <g className="example__start" transform={`translate(${first.x * SIDE} ${first.y * SIDE})`} aria-hidden="true">
      <circle r={props.alone ? 2 : 3.4} />
      {!props.alone && (
        <text y={1.6} textAnchor="middle">
          {props.number}
        </text>
      )}
    </g>
  );
}
