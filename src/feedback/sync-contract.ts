/** Pure: what sends batches, and what it says of itself. */

/**
 * Where batches go: anything that takes an HTTP PUT. Object: `${baseUrl}/feedback/${app}/${date}/${sha256}.ndjson`.
 * presigned: baseUrl may hold `{path}` and a query; it is used as a template. createOnly sends `If-None-Match: *`.
 */
export type SyncTarget = {
  readonly profile: 'nginx' | 's3' | 'presigned';
  readonly baseUrl: string;
  readonly app: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of a batch at most; 2 MB where nothing is said. */
  readonly capBytes: number;
  readonly gzip: boolean;
};

export type SyncProblem =
  | { readonly kind: 'offline' }
  | { readonly kind: 'metered' }
  /** The page's own policy does not let it go there. */
  | { readonly kind: 'forbidden' }
  /** 0 where there was no answer at all. */
  | { readonly kind: 'unreachable'; readonly status: number }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'storage'; readonly reason: string };

export type SyncState = {
  /** off: no target, or no consent. elsewhere: another tab sends. resting: nothing due, or waiting for nextTry. */
  readonly phase: 'off' | 'resting' | 'sending' | 'elsewhere';
  /** Batches of the round that runs, or of the last one. */
  readonly done: number;
  readonly total: number;
  /** Epoch milliseconds of the next attempt by itself; null when none is planned. */
  readonly nextTry: number | null;
  readonly lastSent: number | null;
  readonly problem: SyncProblem | null;
};

export interface Sync {
  /** Begins to send by itself: now, on `online`, on becoming visible, and after every save. */
  start(): void;
  /** One round by hand, whatever the backoff says; resolves when it is over. */
  now(): Promise<SyncState>;
  /** Ends the round that runs; what was not delivered stays due. */
  cancel(): void;
  state(): SyncState;
  subscribe(listener: (state: SyncState) => void): () => void;
  /** Another target, another wish; null: none. */
  configure(target: SyncTarget | null, wishes: { readonly allowed: boolean; readonly unmeteredOnly: boolean }): void;
  close(): void;
}
