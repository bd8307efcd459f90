import { describe, expect, test } from 'vitest';
import type { Backend, BackendReport, EngineStatus } from '#inference/answer';
import { createUpdates } from './updates.ts';

const report = (backend: Backend, state: BackendReport['state']): BackendReport => ({
  backend,
  state,
  reason: null,
  detail: null,
  selfTestMs: null,
  largestError: null,
});
const ready = (...reports: BackendReport[]): EngineStatus => ({
  phase: 'ready',
  model: 'hebrew-letters',
  version: '1.0.0',
  labels: [],
  backend: 'webgl',
  reports,
});
const failed: EngineStatus = { phase: 'failed', code: 'offline', detail: '', reports: [] };

/** Updates with an engine whose status the test sets, and a browser that notes what it is told. */
function begun({ serviceWorker = true, keeps = true, thrifty = false, status = { phase: 'starting' } as EngineStatus } = {}) {
  const did: string[] = [];
  let newer = (): void => undefined;
  const listeners = new Set<(status: EngineStatus) => void>();
  const updates = createUpdates({
    serviceWorker,
    keepDrawing: () => {
      did.push('kept the drawing');
      return keeps;
    },
    engine: {
      status: () => status,
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    edge: {
      begin: async (backends, onNewer) => {
        did.push(`began with ${backends.join(' and ') || 'nothing'}`);
        newer = onNewer;
      },
      keep: async (runtimes) => void did.push(`keeps ${runtimes.join(' and ')} too`),
      isThrifty: () => thrifty,
      takeOver: () => void did.push('took over'),
      retire: async () => void did.push('retired'),
    },
  });
  const become = (next: EngineStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };
  return { updates, did, become, newer: () => newer(), phase: () => updates.store.getState().phase };
}

describe('the service worker is begun', () => {
  test('when no backend is on its way any more, and once', () => {
    const { did, become } = begun();
    become({ phase: 'downloading', loadedBytes: 1, totalBytes: 2 });
    become(ready(report('webgl', 'answering'), report('wasm', 'loading')));
    expect(did).toEqual([]);
    const settled = ready(report('webgl', 'ready'), report('wasm', 'answering'), report('webgpu', 'untried'));
    become(settled);
    become(settled);
    expect(did).toEqual(['began with webgl and wasm']);
  });

  test('with the small runtime of WASM where that answers, and the full one is kept as soon as it takes over', async () => {
    const { did, become } = begun();
    const wasm = report('wasm', 'answering');
    become(ready({ ...wasm, runtime: 'trimmed' }));
    become(ready({ ...wasm, runtime: 'full' }));
    become(ready({ ...wasm, runtime: 'full' }));
    expect(did).toEqual(['began with trimmed', 'keeps wasm too']);
    // What has the model open comes last, for the next visit.
    await expect.poll(() => did.at(-1)).toBe('keeps opened too');
    expect(did).toHaveLength(3);
  });

  test('what has the model open is left where data is to be saved', async () => {
    const { did, become } = begun({ thrifty: true });
    become(ready({ ...report('wasm', 'answering'), runtime: 'trimmed' }));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(did).toEqual(['began with trimmed']);
  });

  test('what has the model open is left where config.json says no meanwhile', async () => {
    const { did, become, updates } = begun();
    become(ready({ ...report('wasm', 'answering'), runtime: 'trimmed' }));
    updates.allow(false);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(did).toEqual(['began with trimmed', 'retired']);
  });

  test('what has the model open is left where the full runtime answers', async () => {
    const { did, become } = begun();
    become(ready({ ...report('wasm', 'answering'), runtime: 'full' }));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(did).toEqual(['began with wasm']);
  });

  test('also where the engine failed: a newer build may mend it', () => {
    expect(begun({ status: failed }).did).toEqual(['began with nothing']);
  });

  test('never where config.json says no; then the one that is there goes', () => {
    const { did, become } = begun({ serviceWorker: false });
    become(ready(report('wasm', 'answering')));
    expect(did).toEqual(['retired']);
  });

  test('not where the configuration came late and says no', () => {
    const { did, become, updates } = begun();
    updates.allow(false);
    become(ready(report('wasm', 'answering')));
    expect(did).toEqual(['retired']);
  });
});

describe('a newer build', () => {
  test('is offered, and loaded only when a person says so, with the drawing', () => {
    const { did, newer, phase, updates } = begun({ status: failed });
    newer();
    expect(phase()).toBe('waiting');
    expect(did).toEqual(['began with nothing']);
    updates.take();
    expect(phase()).toBe('taking');
    expect(did).toEqual(['began with nothing', 'kept the drawing', 'took over']);
  });

  test('that is put off is not offered again in this visit', () => {
    const { newer, phase, updates } = begun({ status: failed });
    newer();
    updates.later();
    newer();
    expect(phase()).toBe('none');
  });

  test('waits where the drawing cannot be kept', () => {
    const { did, newer, phase, updates } = begun({ status: failed, keeps: false });
    newer();
    updates.take();
    expect(did).not.toContain('took over');
    expect(phase()).toBe('none');
  });

  test('is not offered any more once the service worker is switched off', () => {
    const { newer, phase, updates } = begun({ status: failed });
    newer();
    updates.allow(false);
    expect(phase()).toBe('none');
  });
});
