import { afterEach, describe, expect, it, vi } from 'vitest';
import type { trustedScript as Trusted } from './trusted-script.ts';

/** Loaded anew: a page makes each policy once in its life, and so does the module. */
async function load(): Promise<typeof Trusted> {
  vi.resetModules();
  return (await import('./trusted-script.ts')).trustedScript;
}
afterEach(() => vi.unstubAllGlobals());

const worker = 'https://ktav.example/assets/worker-1.js';

describe.each(['with', 'without'])('a browser %s Trusted Types', (kind) => {
  it('gets the address of its own script, as often as a worker has to be started, and no other', async () => {
    const made: string[] = [];
    const createPolicy = (name: string, rules: { createScriptURL: (address: string) => string }) => {
      // As the policy of our headers has it: no name twice.
      if (made.includes(name)) throw new TypeError(`${name} is there already`);
      made.push(name);
      return { createScriptURL: (address: string) => ({ toString: () => rules.createScriptURL(address) }) };
    };
    if (kind === 'with') vi.stubGlobal('trustedTypes', { createPolicy });
    const trustedScript = await load();
    for (let start = 0; start < 3; start++) expect(`${trustedScript('ktav-engine', worker, worker)}`).toBe(worker);
    for (const stranger of ['https://evil.example/w.js', 'data:text/javascript,1', '../assets/worker-2.js']) {
      expect(() => `${trustedScript('ktav-engine', stranger, worker)}`).toThrow(TypeError);
    }
    expect(made).toEqual(kind === 'with' ? ['ktav-engine'] : []);
  });
});
