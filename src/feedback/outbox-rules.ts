/** Pure: what becomes of records, withdrawals and batches. The stores only keep what these functions decide. */
import type {
  Batch,
  BatchMember,
  BatchState,
  FeedbackFilter,
  FeedbackHead,
  FeedbackState,
  OutboxCounts,
  Saved,
} from './outbox.ts';
import type { FeedbackLine, FeedbackRecord, Withdrawal } from './record.ts';
import { recordSchema } from './record.ts';

/**
 * What lists, counts and filters go by. left: some revision of it may have reached a target, so that taking it back
 * takes a withdrawal.
 */
export type Entry = Omit<FeedbackHead, 'seen'> & { readonly left: boolean };

export function entryOf(record: FeedbackRecord, state: FeedbackState, left: boolean): Entry {
  const { id, revision, time, source, verdict, label, prediction, receipt } = record;
  const certainty = prediction.top[0]?.probability ?? 0;
  const model = `${receipt.model}@${receipt.version}`;
  return { id, revision, time, source, verdict, label, state, predicted: prediction.label, certainty, model, left };
}

export function headOf(entry: Entry, seen: FeedbackRecord['seen']): FeedbackHead {
  const { id, revision, time, source, verdict, label, state, predicted, certainty, model } = entry;
  return { id, revision, time, source, seen, verdict, label, state, predicted, certainty, model };
}

/**
 * The entry that a record leaves when it is added: null where it changes nothing, since this revision or a later one is
 * here already, or was withdrawn here.
 */
export function added(
  record: FeedbackRecord,
  state: 'waiting' | 'sent',
  here: Entry | null,
  withdrawn: { readonly revision: number } | null,
): Entry | null {
  if ((here?.revision ?? -1) >= record.revision || (withdrawn?.revision ?? -1) >= record.revision) return null;
  // What is only kept here was sent from elsewhere, as far as anybody knows.
  return entryOf(record, state, state === 'sent' || (here?.left ?? false) || withdrawn !== null);
}

export type Change = Pick<FeedbackRecord, 'verdict' | 'label' | 'time'>;

export function revised(entry: Entry, { verdict, label, time }: Change): Entry {
  return { ...entry, verdict, label, time, revision: entry.revision + 1, state: 'waiting' };
}

/** What waits in the place of a record that was taken back; null where nothing of it can have left. */
export function withdrawalOf({ id, revision, left }: Entry, time: string): Withdrawal | null {
  return left ? { schema: recordSchema, id, revision: revision + 1, time, withdrawn: true } : null;
}

/** What is known of a line when it is to be sealed or marked: of a record or of a withdrawal. */
export type Standing = { readonly revision: number; readonly state: FeedbackState };

/** Whether the member stands as it was read: not changed, not withdrawn, not in another batch. */
export const maySeal = ({ revision }: BatchMember, line: Standing | null): boolean =>
  line !== null && line.state === 'waiting' && line.revision === revision;

/** The state that the batch's state gives to a member; null where it was changed since, and waits on its own account. */
export function marked({ revision }: BatchMember, line: Standing | null, { kind }: BatchState): FeedbackState | null {
  if (line === null || line.revision !== revision) return null;
  const state = kind === 'due' ? 'sealed' : kind === 'parked' ? 'refused' : 'sent';
  return line.state === state ? null : state;
}

/** One member twice would be one record twice. */
export const isSound = ({ members }: Batch): boolean => new Set(members.map(({ id }) => id)).size === members.length;

/** A line to be put back, and whether it may have left before. */
export type PutBack = { readonly line: FeedbackLine; readonly state: 'waiting' | 'sealed'; readonly left: boolean };

/**
 * Of each id the line that counts: the one of the highest revision; the same one is sealed rather than waiting. None where
 * a later one had left already: what was changed, or taken back, would be as it was before, and be changed again.
 */
export function linesToPutBack({ batches, lines, reached }: Saved): ReadonlyMap<string, PutBack> {
  const found = new Map<string, PutBack>();
  const see = (line: FeedbackLine, state: PutBack['state']): void => {
    const other = found.get(line.id);
    // Of a revision before this one nobody knows any more whether it left.
    const left = state === 'sealed' || line.revision > 0 || (other?.left ?? false);
    const counts = other === undefined || line.revision > other.line.revision;
    found.set(line.id, counts ? { line, state, left } : { ...other, left: other.left || left });
  };
  for (const batch of batches) for (const line of batch.lines) see(line, 'sealed');
  for (const line of lines) see(line, 'waiting');
  for (const [id, { line }] of found) if ((reached.get(id) ?? -1) > line.revision) found.delete(id);
  return found;
}

/** Whether it is here as it would be put back, or later. */
export const isHere = ({ line }: PutBack, standing: Pick<Standing, 'revision'> | null): boolean =>
  standing !== null && standing.revision >= line.revision;

/** Certainty in steps of a millionth, 0 to 1 000 000: what lists are ordered by. */
export const rankOf = (certainty: number): number => Math.round(Math.max(0, Math.min(1, certainty)) * 1_000_000);

export function matches(filter: FeedbackFilter, entry: Facets): boolean {
  return (
    (filter.label === null || filter.label === entry.label) &&
    (filter.verdict === null || filter.verdict === entry.verdict) &&
    (filter.model === null || filter.model === entry.model) &&
    (filter.state === null || filter.state === entry.state) &&
    (filter.source === null || filter.source === entry.source)
  );
}
/** What filters look at. */
export type Facets = Pick<Entry, 'state' | 'verdict' | 'source' | 'model' | 'label'>;

/** Adds up groups of equal state. Withdrawals that have not left are still owed, so they wait too. */
export function countsOf(
  groups: readonly { readonly state: FeedbackState; readonly count: number }[],
  withdrawalsOwed: number,
): OutboxCounts {
  const sum = (...states: readonly FeedbackState[]): number =>
    groups.reduce((total, { state, count }) => (states.includes(state) ? total + count : total), 0);
  return {
    kept: sum('waiting', 'sealed', 'sent', 'refused'),
    waiting: sum('waiting', 'sealed') + withdrawalsOwed,
    sent: sum('sent'),
    refused: sum('refused'),
  };
}

/** A copy on memory of its own: a view would be kept, or transferred, with all that lies beside it. */
export function copied(record: FeedbackRecord): FeedbackRecord {
  const { seen, picture } = record;
  return {
    ...record,
    seen: seen && { ...seen, raster: { ...seen.raster, data: seen.raster.data.slice() } },
    picture: picture?.slice() ?? null,
  };
}

export const notFound = (id: string): string => `there is no record ${id} on this device`;
/** To forget what is due would lose its members: they are in no other batch. */
export const notDelivered = (name: string): string => `the batch ${name} is not delivered`;
