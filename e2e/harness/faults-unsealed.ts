/** The planted mistake: what waits is sent, and only what was answered is sealed. */
import { batchOf, draftOf } from '#feedback/batch';
import type { Outbox } from '#feedback/outbox';
import { put } from '#feedback/put';
import type { OnlyOne, SyncTimings } from '#feedback/sync';
import { systemClock } from '#feedback/sync-clock';
import type { SyncTarget } from '#feedback/sync-contract';
import { sha256 } from '#model/sha256';

/**
 * Killed, or answered by nobody, after the bytes went through, it makes another batch of the same records and of what
 * came since: other bytes, another name, and every record of the first is there twice. All else is as it should be.
 */
export async function startUnsealed(
  outbox: Outbox,
  target: SyncTarget,
  timings: SyncTimings,
  onlyOne: OnlyOne,
): Promise<void> {
  const parts = {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    clock: systemClock,
    limits: timings.put,
  };
  for (;;) {
    await onlyOne(async () => {
      // Killed between the two commits below, it had its answer already: a batch of its making is there, whatever it says.
      for (const { name, state } of await outbox.batches())
        if (state.kind === 'due') await outbox.mark(name, { kind: 'delivered', at: Date.now() });
      const draft = draftOf(await outbox.waiting(300), target.capBytes);
      if (draft === null) return;
      const batch = await batchOf(draft, target.gzip, Date.now(), sha256);
      const { kind } = await put(new AbortController().signal, parts, target, batch, batch.bytes);
      if (kind === 'delivered' && (await outbox.seal(batch)))
        await outbox.mark(batch.name, { kind: 'delivered', at: Date.now() });
    });
    await new Promise((resolve) => setTimeout(resolve, timings.afterSave));
  }
}
