/** What a page under fire is told to do, by its address, and what it tells: the two sides of e2e/faults. */
import type { SyncTarget } from '#feedback/sync-contract';

export type Orders = {
  readonly target: Pick<SyncTarget, 'profile' | 'baseUrl' | 'capBytes' | 'gzip'>;
  /** Records that each tab makes before it only sends; 0: what is there is sent and nothing else. */
  readonly records: number;
  /** Tabs that this one opens beside itself, with the same orders. */
  readonly moreTabs: number;
  /** Milliseconds by which this device's clock is wrong. */
  readonly clockOff: number;
  /** Sends what waits without sealing it first: the mistake that these tests must find. */
  readonly unsealed: boolean;
};

/** kept: the store said that it is committed. withdrawing comes before it is asked for, withdrawn after the commit. */
export type Told =
  | { readonly kind: 'kept'; readonly id: string; readonly revision: number }
  | { readonly kind: 'withdrawing' | 'withdrawn'; readonly id: string }
  | {
      readonly kind: 'counts';
      readonly waiting: number;
      readonly sent: number;
      readonly refused: number;
      readonly batches: number;
      readonly problem: string;
    }
  /** Put back from the second copy, since the browser had thrown its database away. */
  | { readonly kind: 'restored'; readonly records: number }
  | { readonly kind: 'broken'; readonly why: string };
