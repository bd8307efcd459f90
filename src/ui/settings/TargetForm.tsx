import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { FieldError } from 'react-aria-components/FieldError';
import { Switch } from 'react-aria-components/Switch';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { useTranslation } from 'react-i18next';
import { fieldsOf, targetOfFields, targetProfiles } from '#app/feedback-target-form';
import type { TargetFields, TargetWrong } from '#app/feedback-target-form';
import type { SyncTarget } from '#feedback/sync-contract';

type TargetFormProps = {
  readonly target: SyncTarget | null;
  readonly onTarget: (target: SyncTarget) => Promise<void>;
};

/** A place of one's own: anything that takes an HTTP PUT. */
export function TargetForm({ target, onTarget }: TargetFormProps) {
  const { t } = useTranslation('feedback');
  const [fields, setFields] = useState<TargetFields>(() => fieldsOf(target));
  const [wrong, setWrong] = useState<TargetWrong | null>(null);
  const [used, setUsed] = useState(false);
  const set = (change: Partial<TargetFields>): void => {
    setFields({ ...fields, ...change });
    setUsed(false);
  };

  async function use(): Promise<void> {
    const read = targetOfFields(fields, document.baseURI);
    if ('code' in read) {
      setWrong(read);
      return;
    }
    setWrong(null);
    await onTarget(read);
    setUsed(true);
  }

  const problemOf = (field: string): string | null => (wrong?.field === field ? t(`targetWrong.${wrong.code}`) : null);

  return (
    <form
      className="target-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void use();
      }}
    >
      <label className="filter">
        <span>{t('profile')}</span>
        <select value={fields.profile} onChange={({ currentTarget }) => set({ profile: currentTarget.value })}>
          {targetProfiles.map((profile) => (
            <option key={profile} value={profile}>
              {t(`profileName.${profile}`)}
            </option>
          ))}
        </select>
      </label>
      <Field
        name={t('baseUrl')}
        value={fields.baseUrl}
        problem={problemOf('baseUrl')}
        onChange={(baseUrl) => set({ baseUrl })}
        type="url"
        testId="target-url"
      />
      <Field name={t('appId')} value={fields.app} problem={problemOf('app')} onChange={(app) => set({ app })} />
      <Field
        name={t('headers')}
        value={fields.headers}
        problem={problemOf('headers')}
        onChange={(headers) => set({ headers })}
        lines
      />
      <Field
        name={t('cap')}
        value={fields.kilobytes}
        problem={problemOf('capBytes')}
        onChange={(kilobytes) => set({ kilobytes })}
        inputMode="numeric"
      />
      <Switch className="switch" isSelected={fields.gzip} onChange={(gzip) => set({ gzip })}>
        <span className="switch__track" aria-hidden="true" />
        {t('gzip')}
      </Switch>
      <div className="feedback-part__actions">
        <Button type="submit" className="button" data-testid="target-save">
          {t('targetSave')}
        </Button>
      </div>
      <p role="status">{used ? t('targetSaved') : ''}</p>
    </form>
  );
}

type FieldProps = {
  readonly name: string;
  readonly value: string;
  readonly problem: string | null;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'url';
  readonly inputMode?: 'numeric';
  readonly lines?: boolean;
  readonly testId?: string;
};

/** Addresses and headers run from left to right in every language. */
function Field({ name, value, problem, onChange, type = 'text', inputMode, lines = false, testId }: FieldProps) {
  const field = { className: 'field__input', dir: 'ltr', 'data-testid': testId, spellCheck: false } as const;
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={problem !== null}
      type={type}
      {...(inputMode === undefined ? {} : { inputMode })}
    >
      <Label>{name}</Label>
      {lines ? <TextArea {...field} rows={3} /> : <Input {...field} />}
      <FieldError className="field__problem">{problem}</FieldError>
    </TextField>
  );
}
