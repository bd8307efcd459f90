import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { FeedbackFilter, FeedbackHead, FeedbackOrder, Outbox, OutboxErrorCode } from '#feedback/outbox';
import { codeOf } from './feedback-actions.ts';

export const everything: FeedbackFilter = { label: null, verdict: null, model: null, state: null, source: null };

export type ListState = {
  readonly filter: FeedbackFilter;
  readonly order: FeedbackOrder;
  /** null until some were read; of a long list, the first ones alone for a moment. */
  readonly ids: readonly string[] | null;
  readonly models: readonly string[];
  readonly problem: OutboxErrorCode | null;
  /** What was wanted last of what is all there: it stays until its successor is. null: withdrawn a moment ago. */
  readonly shown: { readonly from: number; readonly heads: readonly (FeedbackHead | null)[] };
};

/** The records of this device as a long list, of which only the part in sight is in memory. */
export type FeedbackList = {
  readonly store: StoreApi<ListState>;
  show(change: { readonly filter?: FeedbackFilter; readonly order?: FeedbackOrder }): void;
  /** Says which rows of ids are in sight; they are read first, then as many before and behind them. */
  want(from: number, to: number): void;
  /** Reads the list anew, after a failure. */
  refresh(): void;
  /** Begins to read and to follow; returns the function that ends it. */
  open(): () => void;
};

/** More than a screen shows: they are there in a fraction of the time that a long list takes. */
const FIRST = 60;

/** Heads that are held, some 4 KB each. */
const maxHeads = 2000;

type Held = { readonly head: FeedbackHead | null; readonly round: number };

/** Reads one part at a time; the newest wish goes first. Every commit, of this tab or another, makes it read anew. */
export function createFeedbackList(outbox: Outbox): FeedbackList {
  const store = createStore<ListState>(() => ({
    filter: everything,
    order: 'newest',
    ids: null,
    models: [],
    problem: null,
    shown: { from: 0, heads: [] },
  }));
  const held = new Map<string, Held>();
  /** Heads of an earlier round are shown until their newer ones are there. */
  let round = 0;
  let wanted: { readonly from: number; readonly to: number } = { from: 0, to: 0 };
  let listing = false;
  let listAgain = false;
  let reading = false;
  let closed = true;

  async function list(): Promise<void> {
    if (listing) {
      listAgain = true;
      return;
    }
    listing = true;
    try {
      do {
        listAgain = false;
        const { filter, order, ids: before } = store.getState();
        if (before === null) await begin(filter, order);
        const [ids, models] = await Promise.all([outbox.ids(filter, order), outbox.models()]);
        if (closed) return;
        // What was read at the beginning is still new: a commit meanwhile would have made this one go round again.
        if (before !== null) round++;
        if (!listAgain) store.setState({ ids, models, problem: null });
      } while (listAgain);
    } catch (error) {
      store.setState({ problem: codeOf(error) });
    } finally {
      listing = false;
    }
    present();
    void read();
  }

  /** What is seen first, before the whole is asked for: the database answers one question after the other. */
  async function begin(filter: FeedbackFilter, order: FeedbackOrder): Promise<void> {
    const ids = await outbox.ids(filter, order, FIRST);
    const heads = await outbox.heads(ids);
    if (closed || listAgain) return;
    for (const head of heads) hold(head.id, { head, round });
    store.setState({ ids });
  }

  /** Shows what is wanted, if all of it is there; of an earlier round it may be. */
  function present(): void {
    const { ids } = store.getState();
    const heads = (ids ?? []).slice(wanted.from, wanted.to).map((id) => held.get(id)?.head);
    if (heads.every((head) => head !== undefined)) store.setState({ shown: { from: wanted.from, heads } });
  }

  /** What is in sight and not read in this round; else what is near. */
  function missing(): readonly string[] {
    const { ids } = store.getState();
    if (ids === null) return [];
    const { from, to } = wanted;
    const length = to - from;
    const unread = (a: number, b: number): string[] =>
      ids.slice(Math.max(0, a), Math.max(0, b)).filter((id) => held.get(id)?.round !== round);
    const inSight = unread(from, to);
    return inSight.length > 0 ? inSight : [...unread(to, to + length), ...unread(from - length, from)];
  }

  async function read(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      for (let ids = missing(); ids.length > 0 && !closed; ids = missing()) {
        const asked = round;
        const heads = new Map((await outbox.heads(ids)).map((head) => [head.id, head]));
        // What is gone is gone: the commit that took it away makes the list anew.
        for (const id of ids) hold(id, { head: heads.get(id) ?? null, round: asked });
        present();
      }
    } catch (error) {
      store.setState({ problem: codeOf(error) });
    } finally {
      reading = false;
    }
  }

  /** The ones that were not looked at for the longest time go first. */
  function hold(id: string, one: Held): void {
    held.delete(id);
    held.set(id, one);
    for (const oldest of held.keys()) {
      if (held.size <= maxHeads) break;
      held.delete(oldest);
    }
  }

  return {
    store,
    show(change) {
      store.setState(change);
      void list();
    },
    want(from, to) {
      if (wanted.from === from && wanted.to === to) return;
      wanted = { from, to };
      present();
      void read();
    },
    refresh: () => void list(),
    open() {
      closed = false;
      const stop = outbox.subscribe(() => void list());
      void list();
      return () => {
        closed = true;
        stop();
      };
    },
  };
}
