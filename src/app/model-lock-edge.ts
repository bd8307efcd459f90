import type { EngineClient } from '#inference/answer';
import { modelLock } from './install-caches.ts';

/**
 * Says to the other tabs which model version reads in this one, for as long as it does: the storage list offers to remove
 * only what nobody reads with.
 */
export function sayWhichModelReads(engine: EngineClient, base: URL): void {
  let told: string | null = null;
  let letGo = (): void => undefined;
  engine.subscribe((status) => {
    if (status.phase !== 'ready') return;
    const name = modelLock(base.pathname, status);
    if (name === told) return;
    told = name;
    const before = letGo;
    const whileItReads = new Promise<void>((resolve) => (letGo = resolve));
    navigator.locks
      ?.request(name, { mode: 'shared' }, () => {
        // Not earlier: the page is never without.
        before();
        return whileItReads;
      })
      .catch(() => {
        // Refused where storage is: then nothing is kept that could be removed.
      });
  });
}
