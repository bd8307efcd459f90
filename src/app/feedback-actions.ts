import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Ink, WritingLine } from '#glyph/ink';
import type { Answer } from '#inference/answer';
import { OutboxError } from '#feedback/outbox';
import type { OutboxErrorCode } from '#feedback/outbox';
import type { FeedbackRecord, FeedbackSource } from '#feedback/record';
import { noFeedback, placeFor, withPlace, withSaved, withoutSaved } from './feedback.ts';
import type { FeedbackPlace, FeedbackState, Judgement } from './feedback.ts';
import type { FeedbackRoom } from './feedback-room.ts';

/** An answer that can be judged, and all that a record of it holds. */
export type Subject = {
  /** The place that shows it: 'draw', or a desk and the number of its picture. */
  readonly key: string;
  readonly request: number;
  readonly answer: Answer;
  readonly source: FeedbackSource;
  readonly drawn: { readonly ink: Ink; readonly line: WritingLine } | null;
  /** Makes the bounded crop; null where it was drawn. */
  readonly picture: (() => Promise<Uint8Array | null>) | null;
};

export type FeedbackActions = {
  readonly store: StoreApi<FeedbackState>;
  /** The outbox and what goes with it, opened at the first call. Rejects with OutboxError, and tries anew next time. */
  room(): Promise<FeedbackRoom>;
  /** "Wrong" was said: which letter is it? */
  choose(subject: Subject): void;
  /** Back from the choice of letters to the question. */
  askAgain(subject: Subject): void;
  /** Saves a record; what came of it is in the store. Never rejects. */
  judge(subject: Subject, judgement: Judgement): Promise<void>;
  /** Saves anew what failed to be saved at this place. Never rejects. */
  retry(key: string): Promise<void>;
  /** Lets go of what failed to be saved. */
  dismiss(key: string): void;
  /** Withdraws the record that was saved last at this place, while that can be undone. Never rejects. */
  undo(key: string): Promise<void>;
};

export type FeedbackActionsParts = {
  readonly open: () => Promise<FeedbackRoom>;
  /** Whether the sheet is to be cleared after a record of it. */
  readonly advances: () => boolean;
  /** Whether the sheet still shows that answer; clears the sheet; brings the cleared ink back, if nothing was written since. */
  readonly sheet: { shows(request: number): boolean; clear(): void; restore(): void };
  readonly now: () => Date;
};

/** How long a record can be taken back where it was made; in the feedback screen it can be for ever. */
export const UNDO_MS = 10_000;

/** From a person's word to a record that is kept. */
export function createFeedbackActions(parts: FeedbackActionsParts): FeedbackActions {
  const { open, advances, sheet, now } = parts;
  const store = createStore<FeedbackState>(() => noFeedback);
  let opened: Promise<FeedbackRoom> | null = null;

  function room(): Promise<FeedbackRoom> {
    opened ??= open().then(
      (room) => {
        follow(room);
        return room;
      },
      (error: unknown) => {
        opened = null;
        throw error;
      },
    );
    return opened;
  }

  /** Counts and sending are shown as they are, whoever changes them: this page, another tab, the sender. */
  function follow({ outbox, sync }: FeedbackRoom): void {
    const count = (): void => {
      outbox.counts().then(
        (counts) => store.setState({ counts }),
        // The next commit counts again; what is shown until then is the count before.
        () => undefined,
      );
    };
    outbox.subscribe(count);
    count();
    sync.subscribe((state) => store.setState({ sync: state }));
    store.setState({ sync: sync.state() });
  }

  /**
   * What failed to be saved, by place: the answer may be gone from the screen when it is tried again. The record is made
   * once, so that it is the same one, and kept once, should the first attempt have arrived after all.
   */
  const failures = new Map<string, { readonly subject: Subject; readonly record: FeedbackRecord | null }>();

  async function make(subject: Subject, judgement: Judgement): Promise<FeedbackRecord> {
    const { recordOf } = await room();
    const picture = (await subject.picture?.()) ?? null;
    return recordOf(subject, judgement, picture, now());
  }

  const show = (key: string, place: FeedbackPlace): void => store.setState(withPlace(store.getState(), key, place));
  const ask = ({ key, request }: Subject, kind: 'asking' | 'choosing'): void =>
    show(key, { ...placeFor(store.getState().places[key], request), asking: { kind } });

  async function attempt(subject: Subject, judgement: Judgement, place: FeedbackPlace): Promise<void> {
    const { key } = subject;
    show(key, { ...place, asking: { kind: 'saving', judgement } });
    let record = failures.get(key)?.record ?? null;
    try {
      const { outbox, askToPersist } = await room();
      record ??= await make(subject, judgement);
      await outbox.add(record);
      failures.delete(key);
      askToPersist();
      // After a second attempt something else may lie on the sheet.
      const advanced = subject.source === 'draw' && advances() && sheet.shows(subject.request);
      const { id } = record;
      const saved = { id, judgement, undoable: true, advanced, problem: null };
      show(key, { ...place, asking: { kind: 'saved' }, saved });
      setTimeout(() => store.setState(withSaved(store.getState(), key, id, { undoable: false })), UNDO_MS);
      if (advanced) sheet.clear();
    } catch (error) {
      failures.set(key, { subject, record });
      show(key, { ...place, asking: { kind: 'failed', judgement, code: codeOf(error) } });
    }
  }

  return {
    store,
    room,
    choose(subject) {
      // One choice at a time: a letter's key means one of them.
      for (const [key, place] of Object.entries(store.getState().places)) {
        if (place.asking.kind === 'choosing') show(key, { ...place, asking: { kind: 'asking' } });
      }
      ask(subject, 'choosing');
    },
    askAgain: (subject) => ask(subject, 'asking'),
    async judge(subject, judgement) {
      const place = placeFor(store.getState().places[subject.key], subject.request);
      // A second tap while the first is on its way, or after it arrived.
      if (place.asking.kind === 'asking' || place.asking.kind === 'choosing') await attempt(subject, judgement, place);
    },
    async retry(key) {
      const place = store.getState().places[key];
      const failure = failures.get(key);
      if (place?.asking.kind === 'failed' && failure !== undefined) {
        await attempt(failure.subject, place.asking.judgement, place);
      }
    },
    dismiss(key) {
      const place = store.getState().places[key];
      if (place?.asking.kind !== 'failed') return;
      failures.delete(key);
      show(key, { ...place, asking: { kind: 'asking' } });
    },
    async undo(key) {
      const saved = store.getState().places[key]?.saved;
      if (saved?.undoable !== true) return;
      try {
        const { outbox } = await room();
        await outbox.withdraw(saved.id, now().toISOString());
        store.setState(withoutSaved(store.getState(), key, saved.id));
        if (saved.advanced) sheet.restore();
      } catch (error) {
        store.setState(withSaved(store.getState(), key, saved.id, { problem: codeOf(error) }));
      }
    },
  };
}

/** What went wrong with the outbox; 'internal' for what it did not foresee. */
export const codeOf = (error: unknown): OutboxErrorCode => (error instanceof OutboxError ? error.code : 'internal');
