/** The service worker's side of an errand. */
import type { ErrandStore } from './errand.ts';
import { put } from './put.ts';
import type { PutParts } from './put.ts';
import type { SyncTarget } from './sync-contract.ts';

/** later: something of it is left that may go another time. What is refused is left to the page, which can say so. */
export async function runErrand(
  signal: AbortSignal,
  store: ErrandStore,
  parts: PutParts,
  isMetered: () => boolean,
): Promise<'done' | 'later'> {
  const tried = new Set<string>();
  for (;;) {
    // Read anew each time: a person may say no meanwhile.
    const errand = await store.read();
    const sent = new Set(errand?.sent.map(({ name }) => name));
    const name = errand?.names.find((one) => !sent.has(one) && !tried.has(one));
    if (!errand || name === undefined) return 'done';
    if (errand.unmeteredOnly && isMetered()) return 'later';
    tried.add(name);
    const batch = await store.due(name);
    if (batch === null) continue;
    const target: SyncTarget = { ...errand.target, capBytes: batch.bytes.length, gzip: batch.gzip };
    const outcome = await put(signal, parts, target, batch, batch.bytes);
    if (outcome.kind !== 'delivered' && outcome.kind !== 'refused') return 'later';
    if (outcome.kind === 'delivered') await store.noteSent({ name, at: parts.clock.now() });
  }
}
