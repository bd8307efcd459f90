import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#inference/answer';
import { useLetterName } from '../letters/letter-name.ts';
import { letterOf } from '#app/alphabet';
import { usePercent } from '../i18n/numbers.ts';
import { candidatesOf, TOP_CANDIDATES } from './reading-view.ts';

/** The most probable letters, each a stroke of highlighter as long as it is probable. */
export function CandidateBars({ answer }: { readonly answer: Answer | null }) {
  const { t } = useTranslation('answer');
  const [all, setAll] = useState(false);
  const percent = usePercent();
  const nameOf = useLetterName();
  const candidates = candidatesOf(answer, all);
  // Empty rows hold the place, so that nothing jumps when the first answer arrives.
  const empty = Math.max(0, TOP_CANDIDATES - candidates.length);
  return (
    <div className="candidates">
      <ol className="candidates__list" aria-label={t('candidates')} hidden={candidates.length === 0}>
        {candidates.map(({ label, probability }) => (
          <li
            key={label}
            className="candidate"
            data-testid="candidate"
            data-label={label}
            data-probability={probability}
          >
            <span className="candidate__bar" style={{ inlineSize: `${probability * 100}%` }} aria-hidden="true" />
            <span className="candidate__letter" lang="he" aria-hidden="true">
              {letterOf(label)?.char ?? ''}
            </span>
            <span className="candidate__name">{nameOf(label)}</span>
            <span className="candidate__percent">
              <bdi>{percent(probability)}</bdi>
            </span>
          </li>
        ))}
      </ol>
      {Array.from({ length: empty }, (_, row) => (
        <div key={row} className="candidate candidate--empty" aria-hidden="true" />
      ))}
      {answer !== null && answer.prediction.candidates.length > TOP_CANDIDATES && (
        <Button className="link-button candidates__more" onPress={() => setAll(!all)} aria-expanded={all}>
          {t(all ? 'fewerCandidates' : 'moreCandidates')}
        </Button>
      )}
    </div>
  );
}
