/** Pure: what a store of feedback records must do. One contract suite runs against every implementation. */
import type { Delivery, Errand } from './errand.ts';
import type { FeedbackLine, FeedbackRecord, FeedbackSource, FeedbackVerdict, Withdrawal } from './record.ts';

/**
 * waiting: not in a batch yet, or changed since it was. sealed: in a batch that is not delivered.
 * sent: delivered as it is. refused: in a batch that its target does not take.
 */
export type FeedbackState = 'waiting' | 'sealed' | 'sent' | 'refused';

/** kept: all records on this device. waiting counts what is sealed but not delivered too, and withdrawals that have not left. */
export type OutboxCounts = {
  readonly kept: number;
  readonly waiting: number;
  readonly sent: number;
  readonly refused: number;
};

/** A record as lists show it: without ink and picture. certainty: the probability of the first candidate, 0 without one. */
export type FeedbackHead = Pick<
  FeedbackRecord,
  'id' | 'revision' | 'time' | 'source' | 'seen' | 'verdict' | 'label'
> & {
  readonly state: FeedbackState;
  readonly predicted: string | null;
  readonly certainty: number;
  /** model@version */
  readonly model: string;
};

/** Fields that are null do not narrow. */
export type FeedbackFilter = {
  readonly label: string | null;
  readonly verdict: FeedbackVerdict | null;
  readonly model: string | null;
  readonly state: FeedbackState | null;
  readonly source: FeedbackSource | null;
};
export type FeedbackOrder = 'newest' | 'least-certain';

/** Records sealed together. bytes never change once sealed; name is their SHA-256, lower-case hex. */
export type Batch = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly gzip: boolean;
  /** Date of sealing in UTC, yyyy-mm-dd: part of its path for ever. */
  readonly date: string;
  readonly members: readonly BatchMember[];
};
export type BatchMember = { readonly id: string; readonly revision: number };

/**
 * due: not delivered. delivered: taken once, kept for 7 days to be offered again, since a store may lose what it has
 * not flushed. offered: taken twice; forgotten with the next tidying. parked: the target will not take it; reason says why.
 */
export type BatchState =
  | { readonly kind: 'due' }
  | { readonly kind: 'delivered'; readonly at: number }
  | { readonly kind: 'offered'; readonly at: number }
  | { readonly kind: 'parked'; readonly at: number; readonly status: number; readonly reason: string };

/** A batch without its bytes, in the order of sealing. */
export type BatchHead = Omit<Batch, 'bytes'> & { readonly size: number; readonly state: BatchState };

/** Every promise that writes resolves after the commit (durability strict) and rejects with OutboxError. */
export interface Outbox {
  /**
   * Saves a new record as waiting. The same id again with the same revision or an older one changes nothing (an import
   * twice over), and so does what was withdrawn here; a later revision takes the place of the older.
   */
  add(record: FeedbackRecord): Promise<void>;
  /** Many at once in one transaction, e.g. an import; returns how many were new. state: 'sent' for what is only kept. */
  addAll(records: readonly FeedbackRecord[], state: 'waiting' | 'sent'): Promise<number>;
  /** A new revision: it waits again. Rejects with 'not-found'. */
  revise(id: string, change: Pick<FeedbackRecord, 'verdict' | 'label' | 'time'>): Promise<FeedbackRecord>;
  /** Removes the record. If any revision of it was ever sealed or sent, a withdrawal waits in its place: this one. Gone: null. */
  withdraw(id: string, time: string): Promise<Withdrawal | null>;
  get(id: string): Promise<FeedbackRecord | null>;

  counts(): Promise<OutboxCounts>;
  /** Ids in order; 100 000 of them within a few hundred milliseconds. most: as many from the start, all without it. */
  ids(filter: FeedbackFilter, order: FeedbackOrder, most?: number): Promise<readonly string[]>;
  /** In the order of the ids asked for; what is gone is left out. */
  heads(ids: readonly string[]): Promise<readonly FeedbackHead[]>;
  /** The models (model@version) that records here name. */
  models(): Promise<readonly string[]>;

  /** What waits, oldest first: at most `limit` lines, withdrawals among them. */
  waiting(limit: number): Promise<readonly FeedbackLine[]>;
  /**
   * Keeps the batch as due and marks its members sealed, in one transaction, and gives true; gives false and changes
   * nothing where a member was changed, withdrawn or sealed since it was read. A batch of that name twice: false.
   */
  seal(batch: Batch): Promise<boolean>;
  /** Batches that are not forgotten, oldest first. */
  batches(): Promise<readonly BatchHead[]>;
  bytesOf(name: string): Promise<Uint8Array | null>;
  /**
   * In one transaction with its members: those at the sealed revision become sent ('delivered', 'offered'), refused
   * ('parked'), or sealed again ('due'). Gone: nothing.
   */
  mark(name: string, state: BatchState): Promise<void>;
  /** Forgets a batch that was delivered; its records stay, marked sent. Rejects with 'internal' what is still due. */
  forget(name: string): Promise<void>;

  /** Leaves it to the service worker, in place of what was left before. Nobody is called: no record is changed. */
  leaveErrand(errand: Errand): Promise<void>;
  /** Ends the errand, if there is one: resolves with what the service worker has delivered on it. */
  takeErrand(): Promise<readonly Delivery[]>;

  /** Deletes every record, batch and withdrawal on this device, and the errand. */
  clear(): Promise<void>;
  /** Calls back after every commit, also of other tabs; returns the function that ends it. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** What a second copy of the outbox still knows: the batches that were not delivered, in the order of sealing, and what waits. */
export type Saved = {
  readonly batches: readonly { readonly batch: Batch; readonly lines: readonly FeedbackLine[] }[];
  readonly lines: readonly FeedbackLine[];
  /** By id, the revision (a record's or its withdrawal's) that was reached, where a batch here holds an earlier one. */
  readonly reached: ReadonlyMap<string, number>;
};

/** A store that a second copy is kept of, because the browser may throw the store itself away. */
export interface RestorableOutbox extends Outbox {
  /** What this store and its copy were named when they were first made; null: a store that is new, or was thrown away. */
  stamp(): Promise<string | null>;
  /**
   * Puts back, in one transaction with the stamp, what is not here: batches as due, lines at their revision. What is here
   * in that revision or a later one stays as it is; of what had reached a later one only its batch comes back. Resolves
   * with the number of records that came back.
   */
  restore(saved: Saved, stamp: string): Promise<number>;
  /** The revision that each stands at here, withdrawn ones too; what is not known here is left out. */
  revisions(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/**
 * quota-exceeded: nothing was written, all that was there is intact. blocked: an older tab holds the database.
 * outdated: a newer tab upgraded it; this page must be reloaded. unavailable: no storage here (private mode).
 */
export type OutboxErrorCode = 'quota-exceeded' | 'blocked' | 'outdated' | 'unavailable' | 'not-found' | 'internal';

export class OutboxError extends Error {
  override readonly name = 'OutboxError';
  readonly code: OutboxErrorCode;
  constructor(code: OutboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
