import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeRecord } from '#feedback/make-record';
import { memoryOutbox } from '#feedback/memory-outbox';
import { OutboxError } from '#feedback/outbox';
import type { Outbox } from '#feedback/outbox';
import type { Sync, SyncState } from '#feedback/sync-contract';
import { createUuid7 } from '#feedback/uuid7';
import { placeFor } from './feedback.ts';
import { createFeedbackActions, UNDO_MS } from './feedback-actions.ts';
import type { Subject } from './feedback-actions.ts';
import { answerOf } from './feedback.fixture.ts';

const idle: SyncState = { phase: 'off', done: 0, total: 0, nextTry: null, lastSent: null, problem: null };
const restingSync: Sync = {
  start: () => undefined,
  now: () => Promise.resolve(idle),
  cancel: () => undefined,
  state: () => idle,
  subscribe: () => () => undefined,
  configure: () => undefined,
  close: () => undefined,
};

function setUp(change: { outbox?: Outbox; advances?: boolean; open?: () => Promise<void> } = {}) {
  const outbox = change.outbox ?? memoryOutbox();
  const sheet = { shown: 1 as number | null, cleared: 0, restored: 0 };
  const persists = vi.fn<() => void>();
  const nextId = createUuid7({ now: Date.now, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)) });
  const actions = createFeedbackActions({
    open: async () => {
      await change.open?.();
      return {
        outbox,
        restored: 0,
        sync: restingSync,
        recordOf: ({ answer, source, drawn }, said, picture, now) =>
          makeRecord({ id: nextId(), now, answer, source, drawn, picture, said }),
        askToPersist: persists,
        storage: () => Promise.resolve({ persisted: null, used: null, left: null }),
      };
    },
    advances: () => change.advances ?? false,
    sheet: {
      shows: (request) => sheet.shown === request,
      clear: () => void sheet.cleared++,
      restore: () => void sheet.restored++,
    },
    now: () => new Date(),
  });
  const at = (request: number | null = 1, key = 'draw') => placeFor(actions.store.getState().places[key], request);
  return { outbox, actions, sheet, persists, at };
}

const subjectAt = (request: number, change: Partial<Subject> = {}): Subject => ({
  key: 'draw',
  request,
  answer: answerOf('alef'),
  source: 'draw',
  drawn: { ink: [[{ x: 1, y: 1, t: 0 }]], line: { headline: 10, baseline: 20 } },
  picture: null,
  ...change,
});
const right = { verdict: 'confirmed', label: 'alef' } as const;
const full = () => Promise.reject(new OutboxError('quota-exceeded', 'full'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a judgement', () => {
  test('is called saved once it is in the outbox, and not before', async () => {
    const inner = memoryOutbox();
    let commit = (): void => undefined;
    const slow: Outbox = {
      ...inner,
      add: async (record) => {
        await new Promise<void>((resolve) => (commit = resolve));
        await inner.add(record);
      },
    };
    const { actions, at, persists } = setUp({ outbox: slow });
    const done = actions.judge(subjectAt(1), right);
    await vi.advanceTimersByTimeAsync(0);
    expect(at().asking.kind).toBe('saving');
    commit();
    await done;
    expect(at().asking.kind).toBe('saved');
    const id = at().saved?.id ?? '';
    expect(await inner.get(id)).toMatchObject({ label: 'alef', verdict: 'confirmed', source: 'draw' });
    expect(persists).toHaveBeenCalledOnce();
  });

  test('tapped twice is kept once', async () => {
    const { actions, outbox } = setUp();
    await Promise.all([actions.judge(subjectAt(1), right), actions.judge(subjectAt(1), right)]);
    await actions.judge(subjectAt(1), { verdict: 'unreadable', label: null });
    expect(await outbox.counts()).toMatchObject({ kept: 1 });
  });

  test('of the next answer is a question of its own', async () => {
    const { actions, outbox, at } = setUp();
    await actions.judge(subjectAt(1), right);
    expect(at(2).asking.kind).toBe('asking');
    await actions.judge(subjectAt(2), { verdict: 'corrected', label: 'shin' });
    expect(await outbox.counts()).toMatchObject({ kept: 2 });
  });

  test('brings the crop along', async () => {
    const { actions, outbox, at } = setUp();
    const crop = Uint8Array.of(1, 2, 3);
    const picture = { key: 'upload-1', source: 'upload', drawn: null, picture: () => Promise.resolve(crop) } as const;
    await actions.judge(subjectAt(1, picture), right);
    expect((await outbox.get(at(1, 'upload-1').saved?.id ?? ''))?.picture).toEqual(crop);
  });
});

describe('a judgement that cannot be saved', () => {
  test('is not called saved, says why, and is saved by trying again, whatever was written since', async () => {
    const inner = memoryOutbox();
    const add = vi.fn<Outbox['add']>().mockImplementationOnce(full).mockImplementation(inner.add);
    const { actions, at } = setUp({ outbox: { ...inner, add } });
    await actions.judge(subjectAt(1), right);
    expect(at(7).asking).toMatchObject({ kind: 'failed', code: 'quota-exceeded', judgement: right });
    expect(await inner.counts()).toMatchObject({ kept: 0 });
    await actions.retry('draw');
    expect(at(7).asking.kind).toBe('asking');
    expect(await inner.get(at(1).saved?.id ?? '')).toMatchObject({ label: 'alef' });
    // The same record, so that it would have been kept once had the first attempt arrived after all.
    expect(add.mock.calls[0]?.[0]).toEqual(add.mock.calls[1]?.[0]);
  });

  test('can be let go of', async () => {
    const inner = memoryOutbox();
    const { actions, at } = setUp({ outbox: { ...inner, add: full } });
    await actions.judge(subjectAt(1), right);
    actions.dismiss('draw');
    expect(at().asking.kind).toBe('asking');
  });

  test('because the outbox did not open is tried with a new opening', async () => {
    const open = vi
      .fn<() => Promise<void>>()
      .mockRejectedValueOnce(new OutboxError('blocked', 'an older tab'))
      .mockResolvedValue();
    const { actions, at, outbox } = setUp({ open });
    await actions.judge(subjectAt(1), right);
    expect(at().asking).toMatchObject({ kind: 'failed', code: 'blocked' });
    await actions.retry('draw');
    expect(at().asking.kind).toBe('saved');
    expect(await outbox.counts()).toMatchObject({ kept: 1 });
  });
});

describe('undo', () => {
  test('withdraws the record and asks again', async () => {
    const { actions, outbox, at } = setUp();
    await actions.judge(subjectAt(1), right);
    await actions.undo('draw');
    expect(await outbox.counts()).toMatchObject({ kept: 0 });
    expect(at()).toMatchObject({ asking: { kind: 'asking' }, saved: null });
  });

  test('is there for ten seconds, also when the next letter is on the sheet', async () => {
    const { actions, outbox, at } = setUp();
    await actions.judge(subjectAt(1), right);
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(at(2).saved?.undoable).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(at(2).saved?.undoable).toBe(false);
    await actions.undo('draw');
    expect(await outbox.counts()).toMatchObject({ kept: 1 });
  });

  test('that fails says so, and leaves the record', async () => {
    const inner = memoryOutbox();
    const { actions, at } = setUp({ outbox: { ...inner, withdraw: full } });
    await actions.judge(subjectAt(1), right);
    await actions.undo('draw');
    expect(at()).toMatchObject({ asking: { kind: 'saved' }, saved: { problem: 'quota-exceeded' } });
  });

  test('brings back the ink that was cleared for the next letter', async () => {
    const { actions, sheet } = setUp({ advances: true });
    await actions.judge(subjectAt(1), right);
    expect(sheet).toMatchObject({ cleared: 1, restored: 0 });
    await actions.undo('draw');
    expect(sheet.restored).toBe(1);
  });
});

test('the sheet is cleared only while it still shows what was judged', async () => {
  const { actions, sheet } = setUp({ advances: true });
  sheet.shown = 2;
  await actions.judge(subjectAt(1), right);
  expect(sheet.cleared).toBe(0);
});

test('a letter is chosen for one answer at a time', () => {
  const { actions, at } = setUp();
  actions.choose(subjectAt(1, { key: 'upload-1' }));
  actions.choose(subjectAt(2, { key: 'upload-2' }));
  expect(at(1, 'upload-1').asking.kind).toBe('asking');
  expect(at(2, 'upload-2').asking.kind).toBe('choosing');
  actions.askAgain(subjectAt(2, { key: 'upload-2' }));
  expect(at(2, 'upload-2').asking.kind).toBe('asking');
});

test('counts follow the outbox', async () => {
  const { actions, outbox } = setUp();
  await actions.judge(subjectAt(1), right);
  await vi.advanceTimersByTimeAsync(0);
  expect(actions.store.getState().counts).toMatchObject({ kept: 1, waiting: 1 });
  await outbox.clear();
  await vi.advanceTimersByTimeAsync(0);
  expect(actions.store.getState().counts).toMatchObject({ kept: 0 });
});
