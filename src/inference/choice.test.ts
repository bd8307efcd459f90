import { describe, expect, it } from 'vitest';
import type { Backend, BackendReport } from './answer.ts';
import { chooseBackend, startPlan } from './choice.ts';

const report = (backend: Backend, selfTestMs: number, state: BackendReport['state'] = 'ready'): BackendReport => ({
  backend,
  state,
  selfTestMs,
  reason: null,
  detail: null,
  largestError: 0,
});

describe('what is tried', () => {
  it('on a first visit: WebGL and WASM together', () => {
    expect(startPlan({ preference: null, modelCached: false })).toEqual({ together: ['webgl', 'wasm'], inReserve: [] });
  });

  it('on a later visit: WASM, with WebGL in reserve', () => {
    expect(startPlan({ preference: null, modelCached: true })).toEqual({ together: ['wasm'], inReserve: ['webgl'] });
  });

  it.each(['wasm', 'webgl', 'webgpu'] as const)(
    'with ?backend=%s: that one alone, the others only if it fails',
    (preference) => {
      const plan = startPlan({ preference, modelCached: false });
      expect(plan.together).toEqual([preference]);
      expect(plan.inReserve).not.toContain(preference);
      expect(plan.inReserve.length).toBeGreaterThan(0);
    },
  );

  it('never WebGPU without being asked to', () => {
    for (const modelCached of [true, false]) {
      for (const preference of [null, 'wasm', 'webgl'] as const) {
        const { together, inReserve } = startPlan({ preference, modelCached });
        expect([...together, ...inReserve]).not.toContain('webgpu');
      }
    }
  });
});

describe('who answers', () => {
  it('the only one that passed', () => {
    expect(chooseBackend([report('webgl', 9), report('wasm', 1, 'failed')], null)).toBe('webgl');
  });

  it('WASM, when it is up to a fifth slower than WebGL', () => {
    expect(chooseBackend([report('webgl', 10, 'answering'), report('wasm', 12)], null)).toBe('wasm');
  });

  it('WebGL, when WASM is slower than that', () => {
    expect(chooseBackend([report('webgl', 10, 'answering'), report('wasm', 12.1)], null)).toBe('webgl');
  });

  it('the preferred one, however slow', () => {
    expect(chooseBackend([report('webgl', 100), report('wasm', 1)], 'webgl')).toBe('webgl');
  });

  it('another one, when the preferred one failed', () => {
    expect(chooseBackend([report('webgpu', 1, 'unavailable'), report('wasm', 5)], 'webgpu')).toBe('wasm');
  });

  it('nobody, when nobody passed', () => {
    expect(chooseBackend([report('webgl', 1, 'failed'), report('wasm', 1, 'loading')], null)).toBeNull();
  });
});
