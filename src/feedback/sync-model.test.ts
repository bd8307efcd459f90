/**
 * The promise as a law: whatever saves, changes, faults, crashes and repeats come in whatever order, in the end the
 * store holds the last revision of every record exactly once, and no revision twice.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outbox } from './outbox.ts';
import type { Sync } from './sync-contract.ts';
import { createSync } from './sync.ts';
import type { Fault } from './sync.fixture.ts';
import { allowed, Device, settle, small, target } from './sync.fixture.ts';

type Step =
  | { readonly do: 'save' }
  | { readonly do: 'revise' | 'withdraw'; readonly which: number }
  | { readonly do: 'send'; readonly tab: number; readonly wait: boolean }
  /** The tab dies at its so many-th step from now, before or after what that step does. */
  | { readonly do: 'crash'; readonly tab: number; readonly in: number; readonly after: boolean }
  | { readonly do: 'pass'; readonly milliseconds: number }
  | { readonly do: 'jump'; readonly years: number };

const day = 86_400_000;
const which = fc.nat(30);
const tab = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Step>({ do: 'save' }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revise' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), tab, wait: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('crash' as const), tab, in: fc.nat(12), after: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), milliseconds: fc.constantFrom(4000, 300_000, 2 * day) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), years: fc.constantFrom(-10, 10) }) },
);
const faults = fc.array(fc.constantFrom<Fault>('ok', 'ok', 'reset', 'lost', 'hang', 500, 503, 429, 408), {
  minLength: 1,
  maxLength: 40,
});

/** A tab that can be killed at any step it takes: from then on nothing it waits for ever comes. */
class Tab {
  sync: Sync;
  #death: { in: number; after: boolean } | null = null;
  #dead = { now: false };

  constructor(readonly device: Device) {
    this.sync = this.#open();
  }

  dieIn(steps: number, after: boolean): void {
    this.#death = { in: steps, after };
  }

  #open(): Sync {
    const life = { now: false };
    this.#dead = life;
    this.#death = null;
    const parts = this.device.parts(life);
    const step = async <T>(task: () => Promise<T>): Promise<T> => {
      const dying = this.#death !== null && this.#dead === life && this.#death.in-- <= 0 ? this.#death : null;
      if (dying !== null && !dying.after) this.#die(life);
      if (life.now) return new Promise<never>(() => undefined);
      const result = await task();
      if (dying?.after === true && !life.now) this.#die(life);
      return life.now ? new Promise<never>(() => undefined) : result;
    };
    const outbox = new Proxy(this.device.outbox, {
      get(real, name: keyof Outbox) {
        const method = real[name] as (...given: unknown[]) => unknown;
        if (name === 'subscribe') return (listener: () => void) => real.subscribe(() => void (life.now || listener()));
        return (...given: unknown[]) => step(async () => method.apply(real, given));
      },
    });
    const { clock, onlyOne } = parts;
    const sync = createSync({
      ...parts,
      outbox,
      fetch: (url, init) => step(() => parts.fetch(url, init)),
      hash: (bytes) => step(() => parts.hash(bytes)),
      clock: { ...clock, now: clock.now, after: (ms, call) => clock.after(ms, () => void (life.now || call())) },
      onlyOne: (task) => onlyOne(task),
    });
    sync.configure(target, allowed);
    sync.start();
    return sync;
  }

  /** The lock falls with its holder, and the person opens the page again. */
  #die(life: { now: boolean }): void {
    life.now = true;
    if (this.device.holder === life) this.device.holder = null;
    queueMicrotask(() => {
      if (this.#dead === life) this.sync = this.#open();
    });
  }
}

type Told = { readonly ids: string[]; readonly withdrawn: Set<string> };

async function take(step: Step, device: Device, tabs: readonly Tab[], told: Told): Promise<void> {
  const { outbox, clock } = device;
  const tab = 'tab' in step ? tabs[step.tab] : undefined;
  const id = 'which' in step ? told.ids[step.which % Math.max(1, told.ids.length)] : undefined;
  switch (step.do) {
    case 'save': {
      const record = small(told.ids.length);
      await outbox.add(record);
      told.ids.push(record.id);
      break;
    }
    case 'revise':
      if (id !== undefined && !told.withdrawn.has(id))
        await outbox.revise(id, { verdict: 'corrected', label: 'bet', time: new Date(clock.time).toISOString() });
      break;
    case 'withdraw':
      if (id !== undefined && !told.withdrawn.has(id)) {
        await outbox.withdraw(id, new Date(clock.time).toISOString());
        told.withdrawn.add(id);
      }
      break;
    case 'send':
      // Never awaited: it may hang, or die.
      void tab?.sync.now();
      if (step.wait) await settle();
      break;
    case 'crash':
      tab?.dieIn(step.in, step.after);
      break;
    case 'pass':
      await clock.pass(step.milliseconds);
      break;
    case 'jump':
      clock.time += step.years * 365 * day;
  }
}

test('nothing is lost and nothing is doubled, whatever happens in whatever order', async () => {
  let crashes = 0;
  let troubled = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), faults, async (steps, faults) => {
      const device = new Device();
      const tabs = [new Tab(device), new Tab(device)];
      const told: Told = { ids: [], withdrawn: new Set() };
      device.store.fault = () => faults[device.store.asked.length % faults.length] ?? 'ok';
      for (const step of steps) await take(step, device, tabs, told);
      crashes += steps.filter((step) => step.do === 'crash').length;
      troubled += device.store.asked.length;

      device.store.fault = () => 'ok';
      // What hangs is given up, and every wait ends.
      await device.clock.pass(7_200_000);
      const last = createSync(device.parts({}));
      last.configure(target, allowed);
      await last.now();
      await device.clock.pass(1000);

      expect(await device.outbox.counts()).toMatchObject({ waiting: 0, refused: 0 });
      for (const [path, bytes] of device.store.objects)
        expect(path.slice(-71, -7)).toBe(createHash('sha256').update(bytes).digest('hex'));
      const lines = device.store.lines();
      const revisions = lines.map(({ id, revision }) => `${id} ${revision}`);
      expect(new Set(revisions).size).toBe(revisions.length);
      for (const id of told.ids) {
        const arrived = lines.filter((line) => line.id === id).toSorted((a, b) => b.revision - a.revision)[0];
        const here = await device.outbox.get(id);
        if (here === null) {
          expect(told.withdrawn.has(id)).toBe(true);
          expect(arrived === undefined || 'withdrawn' in arrived).toBe(true);
        } else expect(arrived).toEqual(here);
      }
    }),
    { numRuns: 150 },
  );
  // Or the law would have been tried on calm days only.
  expect(crashes).toBeGreaterThan(200);
  expect(troubled).toBeGreaterThan(300);
}, 240_000);
