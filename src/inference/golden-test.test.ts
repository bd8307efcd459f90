import { expect, it } from 'vitest';
import type { Goldens } from '#model/goldens';
import type { Session } from './backends/backend.ts';
import { testOnGoldens } from './golden-test.ts';

const picture = Buffer.from([0, 255, 0, 255]).toString('base64');
const golden = (i: number): Goldens['goldens'][number] => ({
  label: `letter ${i}`,
  picture,
  line: [0, 0, 0, 0],
  expected: { fp32: { logits: [i, 0] } },
});
const goldens: Goldens = {
  schemaVersion: 1,
  model: 'letters',
  version: '1.0.0',
  tolerance: { fp32: { webgl: 1e-5 } },
  goldens: Array.from({ length: 27 }, (_, i) => golden(i + 1)),
};

/** A backend that takes so many milliseconds a run by a clock of its own, and answers the nth golden wrong. */
function device(milliseconds: number, wrong = 0) {
  let now = 0;
  let runs = 0;
  const session: Session = {
    backend: 'webgl',
    async run() {
      now += milliseconds;
      runs++;
      return { logits: Float32Array.of(runs === wrong ? runs + 0.1 : runs, 0), embedding: null };
    },
    dispose: async () => undefined,
  };
  return { test: () => testOnGoldens(session, goldens, 'fp32', () => now), runs: () => runs };
}

it('a device that is quick runs every golden', async () => {
  const { test, runs } = device(5);
  expect(await test()).toMatchObject({ passed: true, medianMs: 5 });
  expect(runs()).toBe(27);
});

it('a slow device stops after two', async () => {
  const { test, runs } = device(120);
  expect(await test()).toMatchObject({ passed: true, medianMs: 120 });
  expect(runs()).toBe(2);
});

it('one in between stops when its time is up', async () => {
  const { test, runs } = device(30);
  await test();
  expect(runs()).toBe(6);
});

it('what is wrong with one of the two is found on a slow device too', async () => {
  expect(await device(400, 2).test()).toMatchObject({
    passed: false,
    failure: 'golden letter 2: off by 0.100, 0.00001 is allowed',
  });
});
