/** Keeps everything in memory: for tests, and for whoever only tries. It is gone with the page. */
import type { Errand } from './errand.ts';
import type { BatchHead, FeedbackState, RestorableOutbox } from './outbox.ts';
import { OutboxError } from './outbox.ts';
import * as rules from './outbox-rules.ts';
import type { Entry } from './outbox-rules.ts';
import type { FeedbackLine, FeedbackRecord, Withdrawal } from './record.ts';

type Kept = { readonly entry: Entry; readonly record: FeedbackRecord };
type Withdrawn = { readonly line: Withdrawal; readonly state: FeedbackState };
type KeptBatch = { readonly head: BatchHead; readonly bytes: Uint8Array };

export function memoryOutbox(): RestorableOutbox {
  let ownStamp: string | null = null;
  let errand: Errand | null = null;
  const records = new Map<string, Kept>();
  const withdrawals = new Map<string, Withdrawn>();
  const batches = new Map<string, KeptBatch>();
  const listeners = new Set<() => void>();

  const committed = (): void => listeners.forEach((listener) => listener());
  const standing = (id: string): rules.Standing | null => {
    const withdrawn = withdrawals.get(id);
    return (
      records.get(id)?.entry ?? (withdrawn && { revision: withdrawn.line.revision, state: withdrawn.state }) ?? null
    );
  };
  const putState = (id: string, state: FeedbackState): void => {
    const kept = records.get(id);
    const withdrawn = withdrawals.get(id);
    if (kept)
      records.set(id, { ...kept, entry: { ...kept.entry, state, left: kept.entry.left || state === 'sealed' } });
    else if (withdrawn) withdrawals.set(id, { ...withdrawn, state });
  };
  const place = (record: FeedbackRecord, state: 'waiting' | 'sent'): number => {
    const { id } = record;
    const entry = rules.added(record, state, records.get(id)?.entry ?? null, withdrawals.get(id)?.line ?? null);
    if (entry === null) return 0;
    records.set(id, { entry, record: rules.copied(record) });
    withdrawals.delete(id);
    return 1;
  };

  return {
    async add(record) {
      if (place(record, 'waiting') > 0) committed();
    },
    async addAll(all, state) {
      const count = all.reduce((sum, record) => sum + place(record, state), 0);
      if (count > 0) committed();
      return count;
    },
    async revise(id, change) {
      const kept = records.get(id);
      if (!kept) throw new OutboxError('not-found', rules.notFound(id));
      const entry = rules.revised(kept.entry, change);
      const { revision, verdict, label, time } = entry;
      const record = { ...kept.record, revision, verdict, label, time };
      records.set(id, { entry, record });
      committed();
      return rules.copied(record);
    },
    async withdraw(id, time) {
      const kept = records.get(id);
      if (!kept) return null;
      const line = rules.withdrawalOf(kept.entry, time);
      records.delete(id);
      if (line) withdrawals.set(id, { line, state: 'waiting' });
      committed();
      return line;
    },
    async get(id) {
      const kept = records.get(id);
      return kept ? rules.copied(kept.record) : null;
    },

    async counts() {
      const owed = [...withdrawals.values()].filter(({ state }) => state === 'waiting' || state === 'sealed');
      const groups = [...records.values()].map(({ entry: { state } }) => ({ state, count: 1 }));
      return rules.countsOf(groups, owed.length);
    },
    async ids(filter, order, most) {
      const found = [...records.values()].map(({ entry }) => entry).filter((entry) => rules.matches(filter, entry));
      const newest = (a: Entry, b: Entry): number => (a.id < b.id ? 1 : -1);
      const leastCertain = (a: Entry, b: Entry): number =>
        rules.rankOf(a.certainty) - rules.rankOf(b.certainty) || newest(b, a);
      return found
        .toSorted(order === 'newest' ? newest : leastCertain)
        .map(({ id }) => id)
        .slice(0, most);
    },
    async heads(ids) {
      return ids.flatMap((id) => {
        const kept = records.get(id);
        return kept ? [rules.headOf(kept.entry, rules.copied(kept.record).seen)] : [];
      });
    },
    async models() {
      return [...new Set([...records.values()].map(({ entry }) => entry.model))].toSorted();
    },

    async waiting(limit) {
      const lines: FeedbackLine[] = [
        ...[...records.values()]
          .filter(({ entry }) => entry.state === 'waiting')
          .map(({ record }) => rules.copied(record)),
        ...[...withdrawals.values()].filter(({ state }) => state === 'waiting').map(({ line }) => line),
      ];
      return lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    async seal(batch) {
      const { bytes, ...head } = batch;
      if (batches.has(batch.name) || !rules.isSound(batch)) return false;
      if (!batch.members.every((member) => rules.maySeal(member, standing(member.id)))) return false;
      for (const { id } of batch.members) putState(id, 'sealed');
      const state = { kind: 'due' } as const;
      batches.set(batch.name, { head: { ...head, size: bytes.length, state }, bytes: bytes.slice() });
      committed();
      return true;
    },
    async batches() {
      return [...batches.values()].map(({ head }) => head);
    },
    async bytesOf(name) {
      return batches.get(name)?.bytes.slice() ?? null;
    },
    async mark(name, state) {
      const batch = batches.get(name);
      if (!batch) return;
      batches.set(name, { ...batch, head: { ...batch.head, state } });
      for (const member of batch.head.members) {
        const next = rules.marked(member, standing(member.id), state);
        if (next !== null) putState(member.id, next);
      }
      committed();
    },
    async forget(name) {
      if (batches.get(name)?.head.state.kind === 'due') throw new OutboxError('internal', rules.notDelivered(name));
      if (batches.delete(name)) committed();
    },

    async stamp() {
      return ownStamp;
    },
    async restore(saved, stamp) {
      const lacking = saved.batches.filter(({ batch }) => !batches.has(batch.name));
      let count = 0;
      for (const one of rules.linesToPutBack({ ...saved, batches: lacking }).values()) {
        const { line, state, left } = one;
        if (rules.isHere(one, standing(line.id))) continue;
        withdrawals.delete(line.id);
        records.delete(line.id);
        if ('withdrawn' in line) withdrawals.set(line.id, { line, state });
        else {
          records.set(line.id, { entry: rules.entryOf(line, state, left), record: rules.copied(line) });
          count++;
        }
      }
      for (const { batch } of lacking) {
        const { bytes, ...head } = batch;
        const state = { kind: 'due' } as const;
        batches.set(batch.name, { head: { ...head, size: bytes.length, state }, bytes: bytes.slice() });
      }
      ownStamp = stamp;
      committed();
      return count;
    },
    async revisions(ids) {
      return new Map(ids.flatMap((id) => [standing(id)].flatMap((at) => (at ? [[id, at.revision] as const] : []))));
    },

    async leaveErrand(left) {
      errand = left;
    },
    async takeErrand() {
      const sent = errand?.sent ?? [];
      errand = null;
      return sent;
    },

    async clear() {
      for (const kept of [records, withdrawals, batches]) kept.clear();
      errand = null;
      committed();
    },
    subscribe(listener) {
      // A function of its own, so that who subscribes twice is called twice.
      const call = (): void => listener();
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    close() {
      listeners.clear();
    },
  };
}
