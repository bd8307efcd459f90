import { describe, expect, it } from 'vitest';
import { firstToldAfter } from './told-after.ts';
import type { WorkerLike } from './worker-link.ts';

/** A thread that notes what it hears. */
function listening() {
  const heard: unknown[] = [];
  const worker: WorkerLike = {
    postMessage: (message) => void heard.push(message),
    addEventListener: (type) => void heard.push(`listener of ${type}`),
    terminate: () => void heard.push('ended'),
  };
  return { heard, worker };
}

/** A time that comes when it is said. */
function someTime() {
  let now = (): void => {};
  const when = new Promise<void>((resolve) => {
    now = resolve;
  });
  const come = async (): Promise<void> => {
    now();
    await when;
  };
  return { when, come };
}

describe('the first engine thread is told what to do when its time has come', () => {
  it('and is made at once, and hears all in the same order', async () => {
    const { heard, worker } = listening();
    const { when, come } = someTime();
    const made: string[] = [];
    const make = (start: string): WorkerLike => {
      made.push(start);
      return worker;
    };
    const first = firstToldAfter(when, make)('as told');
    expect(made).toEqual(['as told']);
    first.addEventListener('message', () => {});
    first.postMessage('one', []);
    first.postMessage('two', []);
    expect(heard).toEqual(['listener of message']);

    await come();
    expect(heard.slice(1)).toEqual(['one', 'two']);
    first.postMessage('three', []);
    first.terminate();
    expect(heard.slice(3)).toEqual(['three', 'ended']);
  });

  it('and what cannot be sent is refused at once, not when it would leave', async () => {
    const { heard, worker } = listening();
    const { when, come } = someTime();
    const first = firstToldAfter(when, () => worker)(null);
    const pixels = new ArrayBuffer(8);
    first.postMessage({ pixels }, [pixels]);
    expect(pixels.byteLength).toBe(0);
    expect(() => first.postMessage({ cannotBeSent: () => {} }, [])).toThrow(/could not be cloned/);
    first.postMessage('the next', []);
    await come();
    expect(heard).toEqual([{ pixels: new ArrayBuffer(8) }, 'the next']);
  });

  it('and the one that replaces it at once', () => {
    const { heard, worker } = listening();
    const make = firstToldAfter(new Promise<void>(() => {}), () => worker);
    make(null).postMessage('never heard', []);
    make(null).postMessage('heard', []);
    expect(heard).toEqual(['heard']);
  });
});
