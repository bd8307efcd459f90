import { describe, expect, test, vi } from 'vitest';
import { makeRecord } from '#feedback/make-record';
import { memoryOutbox } from '#feedback/memory-outbox';
import { OutboxError } from '#feedback/outbox';
import type { Outbox } from '#feedback/outbox';
import { createUuid7 } from '#feedback/uuid7';
import { answerOf } from './feedback.fixture.ts';
import { createFeedbackList, everything } from './feedback-list.ts';

/** Waits for what the list says, as long as a busy machine may take. */
const seen = (assertion: () => void): Promise<void> => vi.waitFor(assertion, { timeout: 20_000 });

const nextId = createUuid7({ now: Date.now, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)) });

async function outboxOf(labels: readonly string[]): Promise<Outbox> {
  const outbox = memoryOutbox();
  for (const label of labels) {
    const said = { verdict: 'corrected', label } as const;
    const answer = answerOf('alef');
    await outbox.add(
      makeRecord({ id: nextId(), now: new Date(), answer, source: 'draw', drawn: null, picture: null, said }),
    );
  }
  return outbox;
}

async function opened(outbox: Outbox) {
  const list = createFeedbackList(outbox);
  const close = list.open();
  await seen(() => expect(list.store.getState().ids).not.toBeNull());
  const labels = () => list.store.getState().shown.heads.map((head) => head?.label);
  return { list, close, labels };
}

describe('the list', () => {
  test('shows what is in sight, the newest first', async () => {
    const { list, labels } = await opened(await outboxOf(['alef', 'bet', 'gimel', 'dalet']));
    list.want(0, 3);
    await seen(() => expect(labels()).toEqual(['dalet', 'gimel', 'bet']));
    list.want(3, 4);
    await seen(() => expect(list.store.getState().shown).toMatchObject({ from: 3, heads: [{ label: 'alef' }] }));
  });

  test('keeps in sight what is there until all of what was scrolled to is', async () => {
    const inner = await outboxOf(Array.from({ length: 400 }, () => 'bet'));
    let answer = (): void => undefined;
    const heads = vi.fn<Outbox['heads']>(inner.heads);
    const { list } = await opened({ ...inner, heads });
    list.want(0, 20);
    await seen(() => expect(list.store.getState().shown.heads).toHaveLength(20));
    heads.mockImplementationOnce(async (ids) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return inner.heads(ids);
    });
    // The neighbours of what was in sight may be on their way; this is far from them.
    list.want(300, 320);
    expect(list.store.getState().shown.from).toBe(0);
    await seen(() => expect(heads.mock.calls.length).toBeGreaterThan(1));
    answer();
    await seen(() => expect(list.store.getState().shown.from).toBe(300));
  });

  test('reads what is near before it is asked for', async () => {
    const inner = await outboxOf(Array.from({ length: 60 }, () => 'bet'));
    const heads = vi.fn<Outbox['heads']>(inner.heads);
    const { list } = await opened({ ...inner, heads });
    list.want(20, 40);
    await seen(() => expect(heads.mock.calls.flatMap(([ids]) => ids)).toHaveLength(60));
    const asked = heads.mock.calls.length;
    list.want(40, 60);
    expect(list.store.getState().shown.from).toBe(40);
    list.want(0, 20);
    expect(list.store.getState().shown.from).toBe(0);
    expect(heads.mock.calls).toHaveLength(asked);
  });

  test('shows the first of a long list while the rest is not there yet', async () => {
    const inner = await outboxOf(Array.from({ length: 400 }, (_, i) => (i === 399 ? 'alef' : 'bet')));
    let answer = (): void => undefined;
    const ids: Outbox['ids'] = async (filter, order, most) => {
      if (most === undefined) await new Promise<void>((resolve) => (answer = resolve));
      return inner.ids(filter, order, most);
    };
    const { list, labels } = await opened({ ...inner, ids });
    list.want(0, 3);
    await seen(() => expect(labels()).toEqual(['alef', 'bet', 'bet']));
    expect(list.store.getState().ids?.length).toBeLessThan(400);
    answer();
    await seen(() => expect(list.store.getState().ids).toHaveLength(400));
    expect(labels()).toEqual(['alef', 'bet', 'bet']);
  });

  test('narrows', async () => {
    const { list, labels } = await opened(await outboxOf(['alef', 'bet', 'alef']));
    list.want(0, 10);
    list.show({ filter: { ...everything, label: 'alef' } });
    await seen(() => expect(labels()).toEqual(['alef', 'alef']));
  });

  test('follows every commit until it is closed', async () => {
    const outbox = await outboxOf(['alef', 'bet']);
    const { list, close, labels } = await opened(outbox);
    list.want(0, 10);
    await seen(() => expect(labels()).toEqual(['bet', 'alef']));
    const [bet] = list.store.getState().ids ?? [];
    await outbox.revise(bet ?? '', { verdict: 'corrected', label: 'kaf', time: new Date().toISOString() });
    await seen(() => expect(labels()).toEqual(['kaf', 'alef']));
    await outbox.withdraw(bet ?? '', new Date().toISOString());
    await seen(() => expect(labels()).toEqual(['alef']));
    close();
    await outbox.clear();
    expect(labels()).toEqual(['alef']);
  });

  test('says why it cannot be read, and reads when it can', async () => {
    const inner = await outboxOf(['alef']);
    const ids = vi.fn<Outbox['ids']>(inner.ids).mockRejectedValueOnce(new OutboxError('outdated', 'a newer tab'));
    const list = createFeedbackList({ ...inner, ids });
    list.open();
    await seen(() => expect(list.store.getState().problem).toBe('outdated'));
    list.refresh();
    await seen(() => expect(list.store.getState()).toMatchObject({ problem: null, ids: [expect.any(String)] }));
  });
});
