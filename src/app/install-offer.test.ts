import { describe, expect, test } from 'vitest';
import type { Answer } from '#inference/answer';
import { defaultConfig } from './config.ts';
import { defaultPreferences } from './preferences.ts';
import type { InstallEdge } from './install-edge.ts';
import type { InstallMemory } from './install-memory.ts';
import { readInstallMemory } from './install-memory.ts';
import { createInstallOffer } from './install-offer.ts';
import { createAppStore } from './store.ts';

const answerOf = (kind: 'letter' | 'abstention'): Answer => ({
  prediction:
    kind === 'letter'
      ? { kind, label: 'alef', probability: 1, candidates: [] }
      : { kind, reason: 'unsure', candidates: [] },
  raster: null,
  inkBox: null,
  cue: [],
  embedding: null,
  receipt: { model: 'm', version: '1.0.0', fileHash: '', backend: 'wasm', preprocess: 1, appBuild: '' },
  timing: { preprocess: 0, inference: 0, total: 0 },
});

/** A device in the middle of a visit: what it remembers and what its browser can do are the test's. */
function visit({
  memory = readInstallMemory(null),
  way = 'button' as ReturnType<InstallEdge['way']>,
  install = true,
} = {}) {
  let kept: InstallMemory = memory;
  let asked = 0;
  let tell: (installed: boolean) => void = () => undefined;
  const config = { ...defaultConfig, features: { ...defaultConfig.features, install } };
  const store = createAppStore({ phase: 'starting' }, 'en', defaultPreferences, { config, problems: [] });
  const device = { way };
  const offer = createInstallOffer(
    {
      way: () => device.way,
      ask: async () => void asked++,
      onChange: (listener) => void (tell = listener),
      memory: () => kept,
      remember: (memory) => void (kept = memory),
    },
    store,
  );
  let request = 0;
  return {
    device,
    offer,
    shown: () => offer.store.getState().kind,
    kept: () => kept,
    asked: () => asked,
    tell: (installed: boolean) => tell(installed),
    answer: (kind: 'letter' | 'abstention' = 'letter', penDown = false) =>
      store.setState({ penDown, reading: { kind: 'answered', answer: answerOf(kind), request: ++request } }),
    lift: () => store.setState({ penDown: false }),
  };
}

describe('the app is offered to be installed', () => {
  test('after the third letter, not before', () => {
    const { answer, shown } = visit();
    answer();
    answer('abstention');
    answer();
    expect(shown()).toBe('none');
    answer();
    expect(shown()).toBe('button');
  });

  test('letters of earlier visits count', () => {
    const { answer, shown } = visit({ memory: { answers: 2, offered: false } });
    answer();
    expect(shown()).toBe('button');
  });

  test('once in the life of a device', () => {
    const first = visit();
    for (let i = 0; i < 3; i++) first.answer();
    first.offer.dismiss();
    first.answer();
    expect(first.shown()).toBe('none');
    const second = visit({ memory: first.kept() });
    for (let i = 0; i < 5; i++) second.answer();
    expect(second.shown()).toBe('none');
  });

  test('not by answers that come while the pen is down', () => {
    const { answer, shown } = visit();
    for (let i = 0; i < 9; i++) answer('letter', true);
    expect(shown()).toBe('none');
  });

  test('by hand where only a person can do it', () => {
    const { answer, shown } = visit({ way: 'by-hand' });
    for (let i = 0; i < 3; i++) answer();
    expect(shown()).toBe('by-hand');
  });

  test('not where it is installed, nor where it is switched off', () => {
    for (const { answer, shown } of [visit({ way: 'none' }), visit({ install: false })]) {
      for (let i = 0; i < 4; i++) answer();
      expect(shown()).toBe('none');
    }
  });

  test('when the browser finds out late that it could', () => {
    const { answer, device, shown, tell } = visit({ way: 'none' });
    for (let i = 0; i < 3; i++) answer();
    device.way = 'button';
    tell(false);
    expect(shown()).toBe('button');
    tell(true);
    expect(shown()).toBe('none');
  });

  test('and has the browser ask when a person agrees', async () => {
    const { answer, asked, offer, shown } = visit();
    for (let i = 0; i < 3; i++) answer();
    expect(asked()).toBe(0);
    await offer.accept();
    expect([asked(), shown()]).toEqual([1, 'none']);
  });
});

test('what was remembered by nobody of ours counts for nothing', () => {
  for (const stored of [null, 3, 'x', {}, { answers: -1 }, { answers: 1.5, offered: 'yes' }]) {
    expect(readInstallMemory(stored)).toEqual({ answers: 0, offered: false });
  }
});
