import { describe, expect, it } from 'vitest';
import type { ModelInput } from '#glyph/tensor';
import type { Backend } from './answer.ts';
import type { Session } from './backends/backend.ts';
import { EngineError } from './engine-error.ts';
import { createLineup, failureOf } from './lineup.ts';
import type { Lineup, LineupOptions, Opener } from './lineup.ts';
import type { SelfTest } from './self-test.ts';

const glyph: ModelInput = { count: 1, picture: new Float32Array(4), line: new Float32Array(4) };

/** A backend of which a test decides when it opens, how it tests, and when it breaks. */
class FakeBackend {
  opened = 0;
  disposed = 0;
  broken: EngineError | null = null;
  loses: (error: EngineError) => void = () => undefined;
  open: () => void = () => undefined;
  refuse: (error: Error) => void = () => undefined;
  readonly name: Backend;
  readonly ms: number;
  readonly #gate: Promise<void>;

  constructor(name: Backend, ms: number, atOnce = true) {
    this.name = name;
    this.ms = ms;
    this.#gate = new Promise((resolve, reject) => {
      this.open = resolve;
      this.refuse = reject;
    });
    this.#gate.catch(() => undefined);
    if (atOnce) this.open();
  }

  readonly opener: Opener = async (onLost) => {
    this.opened++;
    this.loses = onLost;
    await this.#gate;
    const session: Session = {
      backend: this.name,
      run: async () => {
        if (this.broken !== null) throw this.broken;
        return { logits: Float32Array.of(this.ms), embedding: null };
      },
      dispose: async () => void this.disposed++,
    };
    return session;
  };
}

function lineupOf(backends: readonly FakeBackend[], options: Partial<LineupOptions> = {}, failing: Backend[] = []) {
  const unavailable: Opener = () => Promise.reject(new EngineError('webgpu-unavailable', 'none here'));
  const opener = (name: Backend): Opener => backends.find((one) => one.name === name)?.opener ?? unavailable;
  return createLineup({
    plan: { together: ['webgl', 'wasm'], inReserve: [] },
    preference: null,
    openers: { wasm: opener('wasm'), webgl: opener('webgl'), webgpu: opener('webgpu') },
    test: async ({ backend }) => ({
      passed: !failing.includes(backend),
      largestError: 0,
      medianMs: backends.find(({ name }) => name === backend)?.ms ?? 0,
      failure: failing.includes(backend) ? 'golden alef: off by 0.6' : null,
    }),
    onChange: () => undefined,
    ...options,
  });
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('on a first visit', () => {
  it('the first that passes answers, and WASM takes over when it is there', async () => {
    const webgl = new FakeBackend('webgl', 50);
    const wasm = new FakeBackend('wasm', 1, false);
    const lineup = lineupOf([webgl, wasm]);
    expect(await lineup.start()).toBe('webgl');
    expect((await lineup.run(glyph)).backend).toBe('webgl');
    wasm.open();
    await settle();
    expect((await lineup.run(glyph)).backend).toBe('wasm');
    expect(lineup.reports().find(({ backend }) => backend === 'webgl')?.state).toBe('ready');
  });

  it('a backend that is wrong never answers, though it was first, and the report says why', async () => {
    const wasm = new FakeBackend('wasm', 50, false);
    const webgl = new FakeBackend('webgl', 1);
    const lineup = lineupOf([webgl, wasm], {}, ['webgl']);
    const started = lineup.start();
    await settle();
    expect(lineup.answering()).toBeNull();
    wasm.open();
    expect(await started).toBe('wasm');
    expect(webgl.disposed).toBe(1);
    expect(lineup.reports().find(({ backend }) => backend === 'webgl')).toMatchObject({
      state: 'failed',
      reason: 'self-test-failed',
      detail: 'golden alef: off by 0.6',
    });
  });
});

describe('when the answering backend breaks', () => {
  it('in the middle of a run, the same input goes to the next one', async () => {
    const webgl = new FakeBackend('webgl', 50);
    const wasm = new FakeBackend('wasm', 1);
    const lineup = lineupOf([webgl, wasm]);
    await lineup.start();
    await settle();
    wasm.broken = new EngineError('out-of-memory', 'no more');
    expect((await lineup.run(glyph)).backend).toBe('webgl');
    expect(lineup.reports().find(({ backend }) => backend === 'wasm')).toMatchObject({ reason: 'out-of-memory' });
  });

  it('between two runs, the reserve is woken', async () => {
    const webgl = new FakeBackend('webgl', 1);
    const wasm = new FakeBackend('wasm', 9);
    const lineup = lineupOf([webgl, wasm], { plan: { together: ['webgl'], inReserve: ['wasm'] } });
    await lineup.start();
    expect(wasm.opened).toBe(0);
    webgl.loses(new EngineError('context-lost', 'gone'));
    expect(lineup.answering()).toBeNull();
    expect((await lineup.run(glyph)).backend).toBe('wasm');
    expect(webgl.opened).toBe(1);
  });

  it('with nobody left, the run says what happened to each', async () => {
    const wasm = new FakeBackend('wasm', 1);
    const lineup = lineupOf([wasm], { plan: { together: ['wasm'], inReserve: ['webgl'] } });
    await lineup.start();
    wasm.broken = new EngineError('out-of-memory', 'no more');
    await expect(lineup.run(glyph)).rejects.toMatchObject({ code: 'out-of-memory' });
  });
});

describe('when nothing can be opened', () => {
  it('start rejects with the reason that a person can act on', async () => {
    const wasm = new FakeBackend('wasm', 1, false);
    const lineup = lineupOf([wasm]);
    wasm.refuse(new EngineError('offline', 'no network'));
    await expect(lineup.start()).rejects.toMatchObject({ code: 'offline' });
  });

  it('the code is "no backend" where all are unavailable', () => {
    const blocked = { backend: 'wasm', state: 'unavailable', reason: 'wasm-blocked', detail: 'policy' } as const;
    expect(failureOf([{ ...blocked, selfTestMs: null, largestError: null }]).code).toBe('no-backend');
  });

  it('a reserve is still tried', async () => {
    const webgl = new FakeBackend('webgl', 5);
    const lineup = lineupOf([webgl], {
      plan: { together: ['webgpu'], inReserve: ['wasm', 'webgl'] },
      preference: 'webgpu',
    });
    expect(await lineup.start()).toBe('webgl');
  });
});

describe('whose turn is over', () => {
  it('ends its sessions, also one that opens only afterwards', async () => {
    const webgl = new FakeBackend('webgl', 50);
    const wasm = new FakeBackend('wasm', 1, false);
    const lineup = lineupOf([webgl, wasm]);
    await lineup.start();
    lineup.close();
    expect(webgl.disposed).toBe(1);
    wasm.open();
    await settle();
    expect(wasm.disposed).toBe(1);
  });
});

describe('a backend that answers on the word of an earlier visit', () => {
  const word = { passed: true, largestError: 0, medianMs: 1, failure: null };
  const doubted = (reserve: SelfTest = word) => {
    const [wasm, webgl] = [new FakeBackend('wasm', 1), new FakeBackend('webgl', 50)];
    let over: (test: SelfTest) => void = () => undefined;
    let broken: (why: Error) => void = () => undefined;
    const again = new Promise<SelfTest>((resolve, reject) => {
      over = resolve;
      broken = reject;
    });
    const lost: (string | null)[] = [];
    const lineup: Lineup = lineupOf([wasm, webgl], {
      plan: { together: ['wasm'], inReserve: ['webgl'] },
      test: async ({ backend }) => (backend === 'wasm' ? { ...word, again: () => again } : reserve),
      onChange: () => lost.push(lineup.lost()?.code ?? null),
    });
    return { lineup, wasm, webgl, over, broken, lost };
  };

  it('goes on where the test is passed anew', async () => {
    const { lineup, webgl, over } = doubted();
    expect(await lineup.start()).toBe('wasm');
    over({ ...word, medianMs: 3 });
    await settle();
    expect([lineup.answering(), webgl.opened]).toEqual(['wasm', 0]);
    expect(lineup.reports().find(({ backend }) => backend === 'wasm')).toMatchObject({ selfTestMs: 3 });
  });

  it('is out where the test fails, and another is woken before anyone asks', async () => {
    const { lineup, wasm, over } = doubted();
    expect(await lineup.start()).toBe('wasm');
    over({ ...word, passed: false, failure: 'golden alef: off by 0.6' });
    await settle();
    expect([lineup.answering(), wasm.disposed]).toEqual(['webgl', 1]);
    const report = lineup.reports().find(({ backend }) => backend === 'wasm');
    expect(report).toMatchObject({ state: 'failed', reason: 'self-test-failed', detail: 'golden alef: off by 0.6' });
    expect((await lineup.run(glyph)).backend).toBe('webgl');
  });

  it('and with nobody behind it, all is lost at once, for a reason, and not while the last one was being tried', async () => {
    const { lineup, over, lost } = doubted({ ...word, passed: false, failure: 'golden bet: off by 9' });
    await lineup.start();
    expect(lineup.lost()).toBeNull();
    over({ ...word, passed: false, failure: 'golden alef: off by 0.6' });
    await settle();
    expect(lineup.lost()).toMatchObject({ code: 'self-test-failed', detail: expect.stringContaining('golden alef') });
    expect(lost.slice(0, -1).every((code) => code === null)).toBe(true);
    expect(lost.at(-1)).toBe('self-test-failed');
  });

  it('is out where the test breaks off', async () => {
    const { lineup, broken } = doubted();
    await lineup.start();
    broken(new EngineError('out-of-memory', 'no room'));
    await settle();
    expect(lineup.answering()).toBe('webgl');
  });

  it('is not judged any more once it was closed', async () => {
    const { lineup, webgl, broken } = doubted();
    await lineup.start();
    lineup.close();
    broken(new EngineError('internal', 'released'));
    await settle();
    expect(webgl.opened).toBe(0);
  });
});
