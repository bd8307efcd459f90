import { describe, expect, it } from 'vitest';
import { firstAfter } from './worker-after.ts';
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

describe('the first engine thread waits for its time', () => {
  it('is not made before, and then hears what was said to it, in the same order', async () => {
    const { heard, worker } = listening();
    const { when, come } = someTime();
    const made: string[] = [];
    const first = firstAfter(when, (start: string) => {
      made.push(start);
      return worker;
    })('as told');
    first.addEventListener('message', () => {});
    first.postMessage('one', []);
    first.postMessage('two', []);
    expect(made).toEqual([]);

    await come();
    expect(made).toEqual(['as told']);
    expect(heard).toEqual(['listener of message', 'one', 'two']);
    first.postMessage('three', []);
    first.terminate();
    expect(heard.slice(3)).toEqual(['three', 'ended']);
  });

  it('is never made when it was ended meanwhile', async () => {
    const { when, come } = someTime();
    let made = 0;
    const first = firstAfter(when, () => {
      made++;
      return listening().worker;
    })(null);
    first.terminate();
    await come();
    expect(made).toBe(0);
  });

  it('tells its listeners why it could not be made', async () => {
    const { when, come } = someTime();
    const first = firstAfter(when, () => {
      throw new Error('no threads here');
    })(null);
    const errors: Event[] = [];
    first.addEventListener('error', (event) => errors.push(event));
    await come();
    expect(errors).toMatchObject([{ type: 'error', message: 'no threads here' }]);
  });

  it('the one that replaces it is made at once', () => {
    const { heard, worker } = listening();
    const make = firstAfter(new Promise<void>(() => {}), () => worker);
    make(null).postMessage('never heard', []);
    make(null).postMessage('heard', []);
    expect(heard).toEqual(['heard']);
  });
});
