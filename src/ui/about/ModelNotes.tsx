import { useTranslation } from 'react-i18next';
import { matterOf, notesOf } from '#app/model-notes';
import type { EngineStatus } from '#inference/answer';
import './model-notes.css';

/** What was put up with so that there is an answer: what it means, that reading goes on, what to do. Mostly nothing. */
export function ModelNotes({ status }: { readonly status: EngineStatus }) {
  const { t } = useTranslation(['about', 'failure']);
  if (status.phase !== 'ready') return null;
  return notesOf(status).map((note) => {
    const matter = matterOf(note);
    return (
      <aside
        key={note.code}
        className="model-note"
        data-testid="model-note"
        data-kind={matter.kind}
        data-code={note.code}
      >
        <p>
          {matter.kind === 'refused' ? t(`failure:${matter.code}.happened`) : t(`note.${matter.kind}`)}{' '}
          {t('note.readsOn', { version: status.version })} {matter.kind !== 'unkept' && t('note.next')}
        </p>
        <p className="model-note__detail">
          <bdi lang="en">{note.message}</bdi>
        </p>
      </aside>
    );
  });
}
