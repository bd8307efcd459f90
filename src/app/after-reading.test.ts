import { expect, test } from 'vitest';
import { ready } from '#inference/client.fixture';
import { afterReading } from './after-reading.ts';
import { defaultConfig } from './config.ts';
import { defaultPreferences } from './preferences.ts';
import { createAppStore } from './store.ts';

/** A page with frames that come when the test says so. */
function page() {
  const store = createAppStore(ready, 'en', defaultPreferences, { config: defaultConfig, problems: [] });
  let due: (() => void)[] = [];
  const nextFrame = (callback: () => void): void => void due.push(callback);
  const frame = (): void => {
    const now = due;
    due = [];
    for (const callback of now) callback();
  };
  let times = 0;
  return { store, frame, begin: () => afterReading(store, nextFrame, () => times++), times: () => times };
}

test('over an empty sheet, what can wait is done in the next frame', () => {
  const { frame, begin, times } = page();
  begin();
  expect(times()).toBe(0);
  frame();
  expect(times()).toBe(1);
});

test('while ink waits for its answer it waits, and for the frame after it; it is done once', () => {
  const { store, frame, begin, times } = page();
  store.setState({ reading: { kind: 'loading', last: null } });
  begin();
  frame();
  store.setState({ penDown: true });
  frame();
  expect(times()).toBe(0);
  store.setState({ reading: { kind: 'failed', code: 'offline' } });
  expect(times()).toBe(0);
  frame();
  expect(times()).toBe(1);
  store.setState({ reading: { kind: 'idle' } });
  frame();
  expect(times()).toBe(1);
});
