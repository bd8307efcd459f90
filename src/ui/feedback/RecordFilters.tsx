import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { everything } from '#app/feedback-list';
import type { FeedbackList } from '#app/feedback-list';
import { facesToLearn } from '#app/label-face';
import type { FeedbackFilter } from '#feedback/outbox';
import { useAppState } from '../app-context.tsx';
import { useLabelFaces } from '../letters/use-label-faces.ts';

const verdicts = ['confirmed', 'corrected', 'unreadable'] as const;
const states = ['waiting', 'sealed', 'sent', 'refused'] as const;
const sources = ['draw', 'upload', 'camera'] as const;
const orders = ['newest', 'least-certain'] as const;

/** Which records are shown, and in which order: least certain first is the queue to review. */
export function RecordFilters({ list }: { readonly list: FeedbackList }) {
  const { t } = useTranslation('feedback');
  const { filter, order, models } = useStore(list.store);
  const { nameOf } = useLabelFaces();
  const labels = useAppState((state) => state.labels);
  const letters = facesToLearn(labels).map((face) => face.label);
  const narrow = (change: Partial<FeedbackFilter>): void => list.show({ filter: { ...filter, ...change } });
  const narrowed = Object.values(filter).some((value) => value !== null);
  return (
    <div className="filters">
      <Choice
        name={t('order')}
        testId="feedback-order"
        value={order}
        options={orders.map((one) => [one, t(one === 'newest' ? 'newest' : 'leastCertain')])}
        onChange={(order) => order !== null && list.show({ order })}
      />
      <Choice
        name={t('letter')}
        testId="filter-label"
        all={t('all')}
        value={filter.label}
        options={letters.map((one) => [one, nameOf(one)])}
        onChange={(label) => narrow({ label })}
      />
      <Choice
        name={t('verdict')}
        testId="filter-verdict"
        all={t('all')}
        value={filter.verdict}
        options={verdicts.map((one) => [one, t(`verdictName.${one}`)])}
        onChange={(verdict) => narrow({ verdict })}
      />
      <Choice
        name={t('state')}
        testId="filter-state"
        all={t('all')}
        value={filter.state}
        options={states.map((one) => [one, t(`stateName.${one}`)])}
        onChange={(state) => narrow({ state })}
      />
      <Choice
        name={t('version')}
        testId="filter-model"
        all={t('all')}
        value={filter.model}
        options={models.map((one) => [one, one])}
        onChange={(model) => narrow({ model })}
      />
      <Choice
        name={t('source')}
        testId="filter-source"
        all={t('all')}
        value={filter.source}
        options={sources.map((one) => [one, t(`sourceName.${one}`)])}
        onChange={(source) => narrow({ source })}
      />
      {narrowed && (
        <Button className="link-button" onPress={() => list.show({ filter: everything })}>
          {t('resetFilters')}
        </Button>
      )}
    </div>
  );
}

type ChoiceProps<Value extends string> = {
  readonly name: string;
  readonly testId: string;
  /** The word for no narrowing; without it there is always a choice. */
  readonly all?: string;
  readonly value: Value | null;
  readonly options: readonly (readonly [value: Value, word: string])[];
  readonly onChange: (value: Value | null) => void;
};

/** The device's own list: the best one on a phone, and known to every screen reader. */
function Choice<Value extends string>({ name, testId, all, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <label className="filter">
      <span>{name}</span>
      <select
        value={value ?? ''}
        data-testid={testId}
        onChange={({ currentTarget }) => {
          const chosen = options.find(([one]) => one === currentTarget.value);
          onChange(chosen === undefined ? null : chosen[0]);
        }}
      >
        {all !== undefined && <option value="">{all}</option>}
        {options.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
