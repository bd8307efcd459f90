import { idbOutbox, outboxName } from '#feedback/idb-outbox';
import type { Outbox } from '#feedback/outbox';
import { makeRecord } from '#feedback/make-record';
import { pageSide } from '#feedback/page-side';
import { createSync } from '#feedback/sync';
import type { SyncTarget } from '#feedback/sync-contract';
import { syncParts } from '#feedback/sync-parts';
import { createUuid7 } from '#feedback/uuid7';
import { sha256 } from '#model/sha256';
import type { FeedbackHouse } from './feedback-room.ts';
import { persistStorage, storageNumbers } from './feedback-storage-edge.ts';
import { planOf } from './feedback-target.ts';
import type { OwnTarget } from './feedback-target.ts';
import { loadOwnTarget, saveOwnTarget } from './feedback-target-edge.ts';

/** The real thing: IndexedDB, the network, the browser's storage. base: the folder that the app is served from. */
export function feedbackHouse(base: string, sync: () => SyncTarget | null): FeedbackHouse {
  let own: OwnTarget = loadOwnTarget(base);
  const planner = {
    plan: () => planOf(sync(), own, base),
    change(wished: OwnTarget) {
      own = wished;
      return saveOwnTarget(wished);
    },
  };
  let outbox: Outbox | null = null;
  const nextId = createUuid7({
    now: Date.now,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
  return {
    planner,
    async open() {
      outbox ??= idbOutbox(outboxName(base));
      // Opens the database: what is wrong with it is to be known before anything is shown of it.
      await outbox.counts();
      const opened = outbox;
      let persistAsked = false;
      return {
        outbox: opened,
        sync: createSync(syncParts(opened, sha256, base, pageSide)),
        recordOf: ({ answer, source, drawn }, said, picture, now) =>
          makeRecord({ id: nextId(), now, answer, source, drawn, picture, said }),
        askToPersist() {
          if (persistAsked) return;
          persistAsked = true;
          void persistStorage();
        },
        storage: storageNumbers,
      };
    },
  };
}
