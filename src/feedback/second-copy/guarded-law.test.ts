/**
 * The promise as a law: whatever is saved, changed, taken back, sealed and delivered, wherever a tab or the browser is
 * killed, and however often the browser throws its whole database away, what was acknowledged arrives, and arrives once.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outbox, OutboxCounts } from '../outbox.ts';
import { putLimits } from '../put.ts';
import { runRound } from '../round.ts';
import type { Fault } from '../sync.fixture.ts';
import { Device, small, target } from '../sync.fixture.ts';
import { MortalBrowser } from './mortal.fixture.ts';
import type { Death } from './mortal.fixture.ts';

type Act = {
  readonly do: 'save' | 'revise' | 'withdraw' | 'import' | 'bring-back' | 'send';
  readonly tab: 0 | 1;
  readonly which: number;
};
type Step =
  | { readonly do: 'act'; readonly acts: readonly Act[]; readonly death: Death | null }
  | { readonly do: 'kill'; readonly discards: boolean };

const act: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('save', 'save', 'save', 'revise', 'withdraw', 'import', 'bring-back', 'send', 'send'),
  tab: fc.constantFrom(0, 1),
  which: fc.nat(30),
});
const death: fc.Arbitrary<Death> = fc.record({
  in: fc.nat(12),
  how: fc.constantFrom('before', 'after', 'within'),
  bytes: fc.nat(2500),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      // Two at once: of one tab, or of both.
      acts: fc.array(act, { minLength: 1, maxLength: 3 }),
      death: fc.option(death, { freq: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), discards: fc.boolean() }) },
);
const faults = fc.array(fc.constantFrom<Fault>('ok', 'ok', 'ok', 'reset', 'lost', 503), {
  minLength: 1,
  maxLength: 20,
});

type Promised = { revision: number; withdrawn: 'no' | 'asked' | 'done' };

class World {
  readonly browser = new MortalBrowser();
  readonly device = new Device();
  readonly promised = new Map<string, Promised>();
  /** Made, promised or not. */
  readonly ids: string[] = [];

  async round(outbox: Outbox): Promise<void> {
    const { store, clock } = this.device;
    const parts = {
      outbox,
      put: { fetch: store.fetch, clock, limits: putLimits },
      hash: async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex'),
      failures: new Map<string, number>(),
      onProgress: () => undefined,
    };
    await this.device.parts(outbox).onlyOne(async () => {
      await runRound(new AbortController().signal, parts, { ...target, capBytes: 2000 }, true);
    });
  }

  #keep(id: string, revision: number): void {
    const before = this.promised.get(id) ?? { revision: 0, withdrawn: 'no' };
    this.promised.set(id, { ...before, revision: Math.max(before.revision, revision) });
  }

  async act({ do: what, which }: Act, outbox: Outbox): Promise<void> {
    const id = this.ids[which % Math.max(1, this.ids.length)];
    if (what === 'save') {
      const record = small(this.ids.push('') - 1);
      this.ids[this.ids.length - 1] = record.id;
      await outbox.add(record);
      this.#keep(record.id, 0);
    } else if (what === 'import') {
      const records = [0, 1, 2].map(() => {
        const record = small(this.ids.push('') - 1);
        this.ids[this.ids.length - 1] = record.id;
        return record;
      });
      await outbox.addAll(records, 'waiting');
      for (const { id } of records) this.#keep(id, 0);
    } else if (what === 'send') await this.round(outbox);
    else if (id !== undefined && this.promised.get(id)?.withdrawn === 'no' && (await outbox.get(id)) !== null) {
      const time = new Date(this.device.clock.time).toISOString();
      // An export that is imported where it came from.
      if (what === 'bring-back') await outbox.addAll([small(this.ids.indexOf(id))], 'sent');
      else if (what === 'withdraw') {
        const before = this.promised.get(id) ?? { revision: 0, withdrawn: 'no' };
        this.promised.set(id, { ...before, withdrawn: 'asked' });
        await outbox.withdraw(id, time);
        this.promised.set(id, { ...before, withdrawn: 'done' });
      } else {
        const revised = await outbox.revise(id, { verdict: 'corrected', label: 'bet', time }).catch(() => null);
        // The other tab may have taken it back meanwhile.
        if (revised !== null) this.#keep(id, revised.revision);
      }
    }
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'kill') {
      this.browser.kill(step.discards);
      this.device.holder = null;
      return;
    }
    const acts = step.acts.map(async (act) => {
      const tab = await this.browser.tab(act.tab);
      if (tab === null) return;
      if (step.death !== null) tab.life.death ??= { ...step.death };
      await Promise.race([this.act(act, tab.outbox), tab.life.ended]);
      if (tab.life.dead && this.device.holder === tab.outbox) this.device.holder = null;
    });
    await Promise.all(acts);
  }

  /** No more harm: a last visit sends what is owed. */
  async settle(): Promise<OutboxCounts> {
    this.device.store.fault = () => 'ok';
    this.device.holder = null;
    const tab = await this.browser.tab(0);
    if (tab === null) throw new Error('nobody killed it');
    await this.round(tab.outbox);
    return tab.outbox.counts();
  }
}

test('what was acknowledged arrives once, though the database is thrown away again and again', async () => {
  let discards = 0;
  let restored = 0;
  let promised = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 40 }),
      faults,
      fc.boolean(),
      async (steps, faults, discardsLast) => {
        const world = new World();
        world.device.store.fault = () => faults[world.device.store.asked.length % faults.length] ?? 'ok';
        for (const step of steps) await world.take(step);
        await world.take({ do: 'kill', discards: discardsLast });
        expect(await world.settle()).toMatchObject({ waiting: 0, refused: 0 });
        discards += world.browser.discards;
        restored += world.browser.restored;
        promised += world.promised.size;

        const lines = world.device.store.lines();
        const revisions = lines.map(({ id, revision }) => `${id} ${revision}`);
        expect(new Set(revisions).size).toBe(revisions.length);
        for (const [id, { revision, withdrawn }] of world.promised) {
          const newest = lines.filter((line) => line.id === id).toSorted((a, b) => b.revision - a.revision)[0];
          if (withdrawn === 'no') {
            expect(newest?.revision ?? -1).toBeGreaterThanOrEqual(revision);
            expect(newest).not.toHaveProperty('withdrawn');
          }
          if (withdrawn === 'done') expect(newest === undefined || 'withdrawn' in newest).toBe(true);
        }
      },
    ),
    { numRuns: 400 },
  );
  // Or it would have been tried on calm days only.
  expect(discards).toBeGreaterThan(400);
  expect(restored).toBeGreaterThan(400);
  expect(promised).toBeGreaterThan(1000);
}, 240_000);
