import type { Outbox } from '#feedback/outbox';
import type { FeedbackRecord } from '#feedback/record';
import type { Sync } from '#feedback/sync-contract';
import type { Judgement } from './feedback.ts';
import type { Subject } from './feedback-actions.ts';
import type { FeedbackPlanner } from './feedback-target.ts';

/** Bytes, as far as the browser tells them. */
export type StorageNumbers = {
  /** Whether the browser has promised not to clear it away; null where it does not say. */
  readonly persisted: boolean | null;
  readonly used: number | null;
  readonly left: number | null;
};

/** What is behind the feedback: comes when it is first needed. */
export type FeedbackHouse = {
  readonly planner: FeedbackPlanner;
  /** Rejects with OutboxError where nothing can be kept. */
  open(): Promise<FeedbackRoom>;
};

export type FeedbackRoom = {
  readonly outbox: Outbox;
  /** Records that were put back when it was opened: the browser had thrown them away. */
  readonly restored: number;
  readonly sync: Sync;
  recordOf(subject: Subject, judgement: Judgement, picture: Uint8Array | null, now: Date): FeedbackRecord;
  /** Asks the browser, once in a visit, not to clear the records away when room gets scarce. */
  askToPersist(): void;
  storage(): Promise<StorageNumbers>;
};
