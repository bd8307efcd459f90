/**
 * Pure: what a page leaves to the service worker, and what that one makes of it while no page is open: to send these
 * batches, which are sealed, to that place, which was agreed to. It ends when a page takes it back.
 */
import type { Batch } from './outbox.ts';
import type { SyncTarget } from './sync-contract.ts';

/** Of the `sync` event that a service worker gets once there is a network. */
export const backgroundTag = 'ktav-sync';

export type Delivery = { readonly name: string; readonly at: number };

/** version 1: first release. names: of batches that are due, and in the second copy. sent: by the service worker. */
export type Errand = {
  readonly version: 1;
  readonly target: Pick<SyncTarget, 'profile' | 'baseUrl' | 'app' | 'headers'>;
  readonly unmeteredOnly: boolean;
  readonly names: readonly string[];
  readonly sent: readonly Delivery[];
};

/** Where the service worker finds it. */
export interface ErrandStore {
  read(): Promise<Errand | null>;
  /** A batch that is due; null where it is not any more. */
  due(name: string): Promise<Pick<Batch, 'name' | 'date' | 'gzip' | 'bytes'> | null>;
  /** Notes that it was delivered, where the errand has not been taken back. */
  noteSent(delivery: Delivery): Promise<void>;
}
