import { useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { codeOf } from '#app/feedback-actions';
import { downloadRecords, takeRecords } from '#app/feedback-move-edge';
import type { ExportFormat, ImportOutcome } from '#app/feedback-move-edge';
import type { FeedbackRoom } from '#app/feedback-room';
import type { OutboxErrorCode } from '#feedback/outbox';
import { useNumber } from '../i18n/numbers.ts';
import { SaveProblem } from './SaveProblem.tsx';

type Moving =
  | { readonly kind: 'resting' }
  | { readonly kind: 'busy'; readonly words: 'exporting' | 'importing'; readonly done: number; readonly total: number }
  | { readonly kind: 'exported'; readonly name: string }
  | { readonly kind: 'imported'; readonly outcome: ImportOutcome }
  | { readonly kind: 'failed'; readonly code: OutboxErrorCode };

/** Records out into a file and in from one: it needs no place to send to. */
export function MovePart({ room }: { readonly room: FeedbackRoom }) {
  const { t } = useTranslation('feedback');
  const number = useNumber(0);
  const [moving, setMoving] = useState<Moving>({ kind: 'resting' });
  const stop = useRef(new AbortController());
  const input = useRef<HTMLInputElement>(null);
  const busy = moving.kind === 'busy';

  async function run(words: 'exporting' | 'importing', work: (signal: AbortSignal) => Promise<Moving>): Promise<void> {
    stop.current = new AbortController();
    setMoving({ kind: 'busy', words, done: 0, total: 0 });
    const { signal } = stop.current;
    try {
      setMoving(await work(signal));
    } catch (error) {
      setMoving(signal.aborted ? { kind: 'resting' } : { kind: 'failed', code: codeOf(error) });
    }
  }
  const progress =
    (words: 'exporting' | 'importing') =>
    (done: number, total: number): void =>
      setMoving({ kind: 'busy', words, done, total });

  const download = (format: ExportFormat): Promise<void> =>
    run('exporting', async (signal) => {
      const name = await downloadRecords(signal, room.outbox, format, new Date(), progress('exporting'));
      return { kind: 'exported', name };
    });
  const take = (file: File): Promise<void> =>
    run('importing', async (signal) => {
      const outcome = await takeRecords(signal, room.outbox, file, progress('importing'));
      return { kind: 'imported', outcome };
    });

  return (
    <div className="feedback-part">
      <div className="feedback-part__actions">
        <Button className="button" isDisabled={busy} onPress={() => void download('zip')} data-testid="export-records">
          {t('exportZip')}
        </Button>
        <Button
          className="button button--quiet"
          isDisabled={busy}
          onPress={() => void download('ndjson')}
          data-testid="export-lines"
        >
          {t('exportLines')}
        </Button>
        <Button className="button button--quiet" isDisabled={busy} onPress={() => input.current?.click()}>
          {t('import')}
        </Button>
        <input
          ref={input}
          className="visually-hidden"
          type="file"
          accept=".zip,.ndjson,.gz,application/zip,application/x-ndjson"
          tabIndex={-1}
          aria-hidden="true"
          data-testid="import-records"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file !== undefined) void take(file);
            currentTarget.value = '';
          }}
        />
      </div>
      <div role="status" data-testid="move-result">
        {moving.kind === 'busy' && (
          <p>
            {t(moving.words)} {moving.total > 0 && `${number(moving.done)} / ${number(moving.total)}`}{' '}
            <Button className="link-button" onPress={() => stop.current.abort()}>
              {t('stop')}
            </Button>
          </p>
        )}
        {moving.kind === 'exported' && <p>{t('exported', { name: moving.name })}</p>}
        {moving.kind === 'imported' && <Outcome outcome={moving.outcome} />}
      </div>
      {moving.kind === 'failed' && <SaveProblem title={t('moveTitle')} code={moving.code} />}
    </div>
  );
}

/** So many refusals are listed; the rest is counted. */
const listed = 20;

function Outcome({ outcome }: { readonly outcome: ImportOutcome }) {
  const { t } = useTranslation('feedback');
  const number = useNumber(0);
  if ('reason' in outcome) return <p className="feedback-problem">{t('importFailed', outcome)}</p>;
  const { added, known, outdated, refused, refusals } = outcome;
  return (
    <>
      <p>{t('importDone', { added: number(added), known: number(known + outdated), refused: number(refused) })}</p>
      {refusals.length > 0 && (
        <ul className="feedback-part__refusals">
          {refusals.slice(0, listed).map(({ place, line, detail }) => (
            <li key={`${place} ${line ?? ''}`}>
              <bdi>
                {place} {line === null ? detail : t('importLine', { line: number(line), reason: detail })}
              </bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
