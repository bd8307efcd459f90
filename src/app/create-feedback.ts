import type { StoreApi } from 'zustand/vanilla';
import { createFeedbackActions } from './feedback-actions.ts';
import type { FeedbackActions, Subject } from './feedback-actions.ts';
import { mayRecord, maySend } from './feedback-consent.ts';
import type { FeedbackState } from './feedback.ts';
import { createFeedbackWishes } from './feedback-wishes.ts';
import type { FeedbackWishes } from './feedback-wishes.ts';
import type { FeedbackHouse, FeedbackRoom } from './feedback-room.ts';
import type { Drawing } from './drawing.ts';
import type { DrawingActions } from './drawing-actions.ts';
import type { Pen } from './pen.ts';
import type { PreferenceActions } from './preference-actions.ts';
import type { Answered } from './reading.ts';
import { inkInPixels, lineInPixels } from './sheet.ts';
import type { AppStore } from './store.ts';

export type Feedback = FeedbackActions &
  FeedbackWishes & {
    readonly store: StoreApi<FeedbackState>;
    /** The answer to the sheet as what can be judged: with the ink as it is now. */
    subjectOfSheet(answered: Answered): Subject;
    /** Opens the outbox and begins to send, where the person has allowed it. */
    begin(): void;
  };

export type CreateFeedbackParts = {
  readonly app: AppStore;
  readonly preferences: PreferenceActions;
  readonly drawing: Pick<DrawingActions, 'clear' | 'undo'>;
  readonly pen: Pick<Pen, 'sheetSide'>;
  /** Brings the code for all this, which a first visit does without. */
  readonly load: () => Promise<FeedbackHouse>;
};

/** Judging, consent and sending, joined. */
export function createFeedback({ app, preferences, drawing, pen, load }: CreateFeedbackParts): Feedback {
  let house: Promise<FeedbackHouse> | null = null;
  const enter = (): Promise<FeedbackHouse> => {
    house ??= load().catch((error: unknown) => {
      house = null;
      throw error;
    });
    return house;
  };

  /** The sheet as it was cleared after a record. */
  let cleared: Drawing | null = null;

  const actions = createFeedbackActions({
    open: async () => {
      const entered = await enter();
      const room = await entered.open();
      const showPlan = (): void => actions.store.setState({ plan: entered.planner.plan() });
      showPlan();
      // The server's configuration may come a moment after the one of the last visit.
      app.subscribe(({ config }, before) => config !== before.config && showPlan());
      guide(room);
      return room;
    },
    advances: () => app.getState().preferences.feedbackAdvance,
    sheet: {
      shows(request) {
        const { reading, penDown } = app.getState();
        return !penDown && reading.kind === 'answered' && reading.request === request;
      },
      clear() {
        drawing.clear();
        cleared = app.getState().drawing;
      },
      restore() {
        if (app.getState().drawing === cleared) drawing.undo();
      },
    },
    now: () => new Date(),
  });

  /** Tells the sender whenever the person's wishes or the place change; it sends for as long as the page is open. */
  function guide({ sync }: FeedbackRoom): void {
    let told = '';
    const tell = (): void => {
      const { preferences: wishes, config } = app.getState();
      const { plan } = actions.store.getState();
      const target = plan?.target ?? null;
      const order = {
        allowed: config.features.feedback && maySend(wishes, plan?.destination ?? ''),
        unmeteredOnly: wishes.unmeteredOnly,
      };
      const said = JSON.stringify([target, order]);
      if (said === told) return;
      told = said;
      sync.configure(target, order);
    };
    tell();
    app.subscribe(tell);
    actions.store.subscribe(tell);
    sync.start();
  }

  const wishes = createFeedbackWishes({
    app,
    feedback: actions.store,
    preferences,
    planner: async () => (await enter()).planner,
  });

  return {
    ...actions,
    ...wishes,
    subjectOfSheet({ answer, request }) {
      const side = pen.sheetSide;
      const drawn = { ink: inkInPixels(app.getState().drawing.ink, side), line: lineInPixels(side) };
      return { key: 'draw', request, answer, source: 'draw', drawn, picture: null };
    },
    begin() {
      const { preferences, config } = app.getState();
      if (!config.features.feedback || !mayRecord(preferences)) return;
      actions.room().catch(() => {
        // Whoever saves or opens the feedback screen tries again, and is told why it fails.
      });
    },
  };
}
