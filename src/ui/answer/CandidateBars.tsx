import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Answer, Candidate } from '#inference/answer';
import { LabelGlyph } from '../letters/LabelGlyph.tsx';
import { useLabelFaces } from '../letters/use-label-faces.ts';
import { usePercent } from '../i18n/numbers.ts';
import { candidatesOf, TOP_CANDIDATES } from './reading-view.ts';

const emptyRows: readonly null[] = Array.from({ length: TOP_CANDIDATES }, () => null);

/** The most probable letters, each a stroke of highlighter as long as it is probable. */
export function CandidateBars({ answer }: { readonly answer: Answer | null }) {
  const { t } = useTranslation('answer');
  const [all, setAll] = useState(false);
  const percent = usePercent();
  const { faceOf, nameOf } = useLabelFaces();
  const candidates = candidatesOf(answer, all);
  // Rows stay where they are and change their words; empty ones hold the place before the first answer.
  const rows: readonly (Candidate | null)[] = [...candidates, ...emptyRows.slice(candidates.length)];
  return (
    <div className="candidates">
      <ol className="candidates__list" aria-label={t('candidates')} aria-hidden={candidates.length === 0}>
        {rows.map((candidate, rank) =>
          candidate === null ? (
            <li key={rank} className="candidate" aria-hidden="true" />
          ) : (
            <li
              key={rank}
              className="candidate"
              data-testid="candidate"
              data-label={candidate.label}
              data-probability={candidate.probability}
            >
              <span
                className="candidate__bar"
                style={{ inlineSize: `${candidate.probability * 100}%` }}
                aria-hidden="true"
              />
              <LabelGlyph face={faceOf(candidate.label)} className="candidate__letter" />
              <span className="candidate__name">{nameOf(candidate.label)}</span>
              <span className="candidate__percent">
                <bdi>{percent(candidate.probability)}</bdi>
              </span>
            </li>
          ),
        )}
      </ol>
      {answer !== null && answer.prediction.candidates.length > TOP_CANDIDATES && (
        <Button className="link-button candidates__more" onPress={() => setAll(!all)} aria-expanded={all}>
          {t(all ? 'fewerCandidates' : 'moreCandidates')}
        </Button>
      )}
    </div>
  );
}
