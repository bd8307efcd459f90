/** Pure: what a journal comes to, read from its beginning to its end. */
import { reachedText } from './journal-line.ts';
import type { Entry } from './journal-line.ts';

type Kept<Is extends Entry['is']> = { readonly entry: Extract<Entry, { is: Is }>; readonly text: string };

/** What has not left yet; each entry with its own text, so that it is written anew without being made anew. */
export type Owed = {
  /** By id: what waits outside of every batch. */
  readonly lines: ReadonlyMap<string, Kept<'line'>>;
  /** By name, in the order of sealing. */
  readonly batches: ReadonlyMap<string, Kept<'sealed'>>;
  /** By id, the revision that was reached: of what a batch here holds of an earlier one. */
  readonly reached: ReadonlyMap<string, number>;
};

export const nothingOwed: Owed = { lines: new Map(), batches: new Map(), reached: new Map() };

/** read: entries in the order in which they were written. */
export function owedIn(read: readonly { readonly entry: Entry; readonly text: string }[]): Owed {
  const lines = new Map<string, Kept<'line'>>();
  const batches = new Map<string, Kept<'sealed'>>();
  const reached = new Map<string, number>();
  const reach = ({ id, revision }: { readonly id: string; readonly revision: number }): void =>
    void reached.set(id, Math.max(reached.get(id) ?? -1, revision));
  for (const { entry, text } of read) {
    if (entry.is === 'line') {
      if ((lines.get(entry.id)?.entry.revision ?? -1) < entry.revision) lines.set(entry.id, { entry, text });
    } else if (entry.is === 'reached') reach(entry);
    else if (entry.is === 'delivered') {
      for (const member of batches.get(entry.name)?.entry.members ?? []) reach(member);
      batches.delete(entry.name);
    } else {
      batches.set(entry.name, { entry, text });
      // The batch holds it, or what came after it; a later revision waits on its own account.
      for (const { id, revision } of entry.members)
        if ((lines.get(id)?.entry.revision ?? Infinity) <= revision) lines.delete(id);
    }
  }
  return { lines, batches, reached: outOfDate(batches, reached) };
}

/** Of all that was reached, what a batch holds an earlier revision of: of the rest nothing will be put back. */
function outOfDate(batches: Owed['batches'], reached: Owed['reached']): Owed['reached'] {
  const sealed = [...batches.values()].flatMap(({ entry }) => entry.members);
  return new Map(
    sealed.flatMap(({ id, revision }) => {
      const latest = reached.get(id) ?? revision;
      return latest > revision ? [[id, latest] as const] : [];
    }),
  );
}

/** Batches first, then what waits: read again, it comes to the same. */
export const textsOf = ({ lines, batches, reached }: Owed): readonly string[] => [
  ...Array.from(batches.values(), ({ text }) => text),
  ...Array.from(reached, ([id, revision]) => reachedText(id, revision)),
  ...Array.from(lines.values(), ({ text }) => text),
];

/** A batch that holds one of them stays as it is sealed. */
export function withoutLines(owed: Owed, ids: ReadonlySet<string>): Owed {
  return { ...owed, lines: new Map([...owed.lines].filter(([id]) => !ids.has(id))) };
}

/** Whether the entry holds something of one of these records. */
export function isAbout(entry: Entry, ids: ReadonlySet<string>): boolean {
  if (entry.is === 'sealed') return entry.members.some(({ id }) => ids.has(id));
  return entry.is === 'line' && ids.has(entry.id);
}
