import { describe, expect, it } from 'vitest';
import type { ModelInput } from '#glyph/tensor';
import type { ModelOutput, Session } from './backend.ts';
import { isTrap, openWithReserve } from './wasm-reserve.ts';
import type { WasmStart } from './wasm-reserve.ts';

const glyph: ModelInput = { count: 1, picture: new Float32Array(4), line: new Float32Array(4) };
const trap = new WebAssembly.RuntimeError('unreachable');
const said: Record<WasmStart, ModelOutput> = {
  full: { logits: Float32Array.of(1), embedding: null },
  trimmed: { logits: Float32Array.of(2), embedding: null },
  opened: { logits: Float32Array.of(3), embedding: null },
};

/** Runtimes that fail where a test says so. Each opening, run and trap is written down. */
function runtimes(
  failing: { readonly open?: Error; readonly run?: Error; readonly full?: Error; readonly opened?: Error } = {},
) {
  const did: string[] = [];
  const open = async (runtime: WasmStart): Promise<Session> => {
    did.push(`opens ${runtime}`);
    const refusal = { full: failing.full, trimmed: failing.open, opened: failing.opened }[runtime];
    if (refusal !== undefined) throw refusal;
    return {
      backend: 'wasm',
      async run() {
        did.push(`runs ${runtime}`);
        if (runtime !== 'full' && failing.run !== undefined) throw failing.run;
        return said[runtime];
      },
      dispose: async () => void did.push(`frees ${runtime}`),
    };
  };
  const onTrap = (runtime: WasmStart): void => void did.push(runtime === 'trimmed' ? 'trapped' : `${runtime} trapped`);
  return { did, begin: (first: WasmStart) => openWithReserve({ first, open, onTrap }) };
}

describe('a session on the trimmed runtime', () => {
  it('answers by itself as long as nothing is missing', async () => {
    const { did, begin } = runtimes();
    const session = await begin('trimmed');
    expect(await session.run(glyph)).toBe(said.trimmed);
    expect(session.runtime?.()).toBe('trimmed');
    expect(did).toEqual(['opens trimmed', 'runs trimmed']);
  });

  it('that traps in a run has the full one answer the same input, and all that come after', async () => {
    const { did, begin } = runtimes({ run: trap });
    const session = await begin('trimmed');
    expect(await Promise.all([session.run(glyph), session.run(glyph)])).toEqual([said.full, said.full]);
    expect(session.runtime?.()).toBe('full');
    expect(did).toEqual(['opens trimmed', 'runs trimmed', 'trapped', 'opens full', 'runs full', 'runs full']);
    await session.dispose();
    expect(did.at(-1)).toBe('frees full');
  });

  it('that traps while it opens the model is not used at all', async () => {
    const { did, begin } = runtimes({ open: trap });
    const session = await begin('trimmed');
    expect(session.runtime?.()).toBe('full');
    expect(did).toEqual(['opens trimmed', 'trapped', 'opens full']);
  });

  it('that cannot be had is stood in for, and not blamed', async () => {
    const { did, begin } = runtimes({ open: new Error('no network') });
    expect(await (await begin('trimmed')).run(glyph)).toBe(said.full);
    expect(did).not.toContain('trapped');
  });

  it('fails as the full one would where nothing is missing', async () => {
    const { did, begin } = runtimes({ run: new Error('wrong shape') });
    const session = await begin('trimmed');
    await expect(session.run(glyph)).rejects.toThrow('wrong shape');
    expect(did).toEqual(['opens trimmed', 'runs trimmed']);
  });

  it('trapped, and the full one cannot be had: what kept the full one is said', async () => {
    const { begin } = runtimes({ run: trap, full: new Error('no network') });
    const session = await begin('trimmed');
    await expect(session.run(glyph)).rejects.toThrow('no network');
  });
});

describe('a session on the runtime that has the model open', () => {
  it('answers by itself, and counts as one on the trimmed runtime', async () => {
    const { did, begin } = runtimes();
    const session = await begin('opened');
    expect(await session.run(glyph)).toBe(said.opened);
    expect(session.runtime?.()).toBe('trimmed');
    expect(did).toEqual(['opens opened', 'runs opened']);
  });

  it('that is not what it should be is stood in for by the trimmed one, and not blamed', async () => {
    const { did, begin } = runtimes({ opened: new Error('hash-mismatch') });
    expect(await (await begin('opened')).run(glyph)).toBe(said.trimmed);
    expect(did).toEqual(['opens opened', 'opens trimmed', 'runs trimmed']);
  });

  it('has each larger one answer the same input, where one after the other traps', async () => {
    const { did, begin } = runtimes({ run: trap });
    const session = await begin('opened');
    expect(await session.run(glyph)).toBe(said.full);
    expect(session.runtime?.()).toBe('full');
    const runs = [
      'runs opened',
      'opened trapped',
      'opens trimmed',
      'runs trimmed',
      'trapped',
      'opens full',
      'runs full',
    ];
    expect(did).toEqual(['opens opened', ...runs]);
  });
});

it('a session on the full runtime has nothing in reserve', async () => {
  const { did, begin } = runtimes({ full: trap });
  await expect(begin('full')).rejects.toBe(trap);
  expect(did).toEqual(['opens full']);
});

it.each([
  [trap, true],
  [new Error('no available backend found. ERR: [wasm] RuntimeError: unreachable'), true],
  [new Error('failed to call OrtRun(). ERROR_CODE: 2'), false],
  ['RuntimeError', false],
])('%s: a trap? %s', (error, expected) => {
  expect(isTrap(error)).toBe(expected);
});
