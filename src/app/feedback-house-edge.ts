import { outboxName } from '#feedback/names';
import { makeRecord } from '#feedback/make-record';
import { pageSide } from '#feedback/page-side';
import type { Guarded } from '#feedback/second-copy/guarded-outbox';
import { openOutbox } from '#feedback/second-copy/open-outbox';
import { copyScript } from '#feedback/second-copy/opfs-files';
import { createSync } from '#feedback/sync';
import type { SyncTarget } from '#feedback/sync-contract';
import { syncParts } from '#feedback/sync-parts';
import { createUuid7 } from '#feedback/uuid7';
import { trustedScript } from '#inference/trusted-script';
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
  let guarded: Promise<Guarded> | null = null;
  const nextId = createUuid7({
    now: Date.now,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
  return {
    planner,
    async open() {
      guarded ??= openOutbox(outboxName(base), startCopyWorker).catch((error: unknown) => {
        guarded = null;
        throw error;
      });
      const { outbox: opened, restored } = await guarded;
      let persistAsked = false;
      return {
        outbox: opened,
        restored,
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

const startCopyWorker = (): Worker =>
  new Worker(trustedScript('ktav-second-copy', copyScript, copyScript), { type: 'module', name: 'ktav-second-copy' });
