import type { StoreApi } from 'zustand/vanilla';
import type { FeedbackState } from './feedback.ts';
import type { FeedbackPlanner, OwnTarget } from './feedback-target.ts';
import type { PreferenceActions } from './preference-actions.ts';
import type { AppStore } from './store.ts';

export type FeedbackWishes = {
  /** Turning it on asks for consent first, unless the place where records go was agreed to. Never rejects. */
  turn(on: boolean): Promise<void>;
  /** Asks for consent to the place of today. Never rejects; where that is not to be had, the store says so. */
  explain(): Promise<void>;
  agree(): void;
  decline(): void;
  /** Another place, by the person's own choice: who has agreed at all agrees to it. False: it lasts for this visit. */
  sendTo(own: OwnTarget): Promise<boolean>;
};

export type FeedbackWishesParts = {
  readonly app: AppStore;
  readonly feedback: StoreApi<FeedbackState>;
  readonly preferences: Pick<PreferenceActions, 'feedback'>;
  readonly planner: () => Promise<FeedbackPlanner>;
};

/** What a person allows. */
export function createFeedbackWishes({ app, feedback, preferences, planner }: FeedbackWishesParts): FeedbackWishes {
  /** null: it could not be read. */
  async function destination(): Promise<string | null> {
    try {
      const plan = (await planner()).plan();
      feedback.setState({ plan, planFailed: false });
      return plan.destination;
    } catch {
      // Mostly offline before the page was kept. The dialog says so and offers to try again.
      feedback.setState({ planFailed: true });
      return null;
    }
  }

  async function explain(): Promise<void> {
    feedback.setState({ consentAsked: true, planFailed: false });
    await destination();
  }

  const consent = (): string | null => app.getState().preferences.feedbackConsent;

  return {
    async turn(on) {
      if (!on) preferences.feedback({ feedback: false });
      else if (consent() !== null && consent() === (await destination())) preferences.feedback({ feedback: true });
      else await explain();
    },
    explain,
    agree() {
      const { plan } = feedback.getState();
      // Nobody agrees to what could not be told.
      if (plan === null) return;
      preferences.feedback({ feedback: true, feedbackConsent: plan.destination });
      feedback.setState({ consentAsked: false });
    },
    decline: () => feedback.setState({ consentAsked: false }),
    async sendTo(own) {
      const places = await planner();
      const kept = places.change(own);
      const plan = places.plan();
      feedback.setState({ plan });
      if (consent() !== null) preferences.feedback({ feedbackConsent: plan.destination });
      return kept;
    },
  };
}
