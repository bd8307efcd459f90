/** The outbox without the app around it, for browser tests: window.outboxRoom. No part of what is shipped. */
import version1 from '../../src/feedback/frozen/outbox-1.json' with { type: 'json' };
import { rebuild } from '#feedback/idb-frozen.fixture';
import type { FrozenDatabase } from '#feedback/idb-frozen.fixture';
import { idbOutbox } from '#feedback/idb-outbox';
import { outboxName } from '#feedback/names';
import { anything, same } from '#feedback/outbox-case.fixture';
import { outboxContract } from '#feedback/outbox-contract.fixture';
import type { FeedbackFilter, FeedbackOrder, Outbox, OutboxCounts } from '#feedback/outbox';
import { drawnRecord, idAt, pngOf, uploadedRecord } from '#feedback/record.fixture';
import { journalContract } from '#feedback/second-copy/journal-contract.fixture';
import { openOutbox } from '#feedback/second-copy/open-outbox';
import { copyScript, opfsFiles } from '#feedback/second-copy/opfs-files';
import { trustedScript } from '#inference/trusted-script';

export interface OutboxRoom {
  readonly situations: readonly string[];
  /** Runs one case of the contract on a database of its own; throws what it finds. */
  keepContract(situation: string): Promise<void>;
  readonly journalSituations: readonly string[];
  /** As keepContract, for the files of the second copy. */
  keepJournal(situation: string): Promise<void>;
  /** The outbox with its second copy, as the app opens it; gives how many records were put back. */
  openGuarded(): Promise<number>;
  /** Deletes the database, and not the files beside it; every page of it has to be closed. */
  throwAway(): Promise<void>;
  /** Milliseconds of each of so many saves one after the other: with the second copy, and without. */
  timeSaves(count: number): Promise<{ readonly guarded: readonly number[]; readonly bare: readonly number[] }>;
  /** Saves records made at these milliseconds; gives 'saved' or the code of the error. bytes: of incompressible picture. */
  save(from: number, to: number, bytes?: number): Promise<string>;
  counts(): Promise<OutboxCounts | string>;
  /** Whether every record from one to the other is there, whole. */
  whole(from: number, to: number): Promise<boolean>;
  /** Counts how often a listener was called. */
  listen(): void;
  heard(): number;
  /** Opens the database as a newer version of the app would. */
  upgrade(version: number): Promise<'upgraded'>;
  openFrozen(): Promise<OutboxCounts>;
  seed(from: number, count: number): Promise<void>;
  /** Milliseconds of each question, asked once. */
  time(): Promise<Readonly<Record<string, number>>>;
}

declare global {
  interface Window {
    outboxRoom: OutboxRoom;
  }
}

const name = outboxName(location.href);
let outbox: Outbox = idbOutbox(name);
const startCopyWorker = (): Worker =>
  new Worker(trustedScript('ktav-second-copy', copyScript, copyScript), { type: 'module' });
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
let heard = 0;

/** PNG by its chunks, with noise for pixels, so that it takes as much room as it says. */
function noisy(bytes: number): Uint8Array {
  const noise = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536));
  return pngOf(9, 9, ['IDAT', [...noise]]);
}

const labels = Array.from({ length: 27 }, (_, i) => `letter-${i}`);
const sources = ['draw', 'upload', 'camera'] as const;
/** One of many, spread over all that filters look at. */
function seeded(n: number) {
  const label = labels[n % 27] ?? null;
  const change = {
    label,
    verdict: n % 10 === 0 ? ('corrected' as const) : ('confirmed' as const),
    prediction: { label, reason: null, top: [{ label: label ?? '', probability: ((n * 7919) % 10_007) / 10_007 }] },
    receipt: { ...drawnRecord(n).receipt, version: `0.${(n >> 3) % 3}.0` },
  };
  const source = sources[(n >> 2) % 3] ?? 'draw';
  return source === 'draw' ? drawnRecord(n, change) : uploadedRecord(n, { ...change, source });
}

async function timed(question: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await question();
  return Math.round((performance.now() - start) * 10) / 10;
}

window.outboxRoom = {
  situations: outboxContract.map(({ situation }) => situation),
  async keepContract(situation) {
    const own = `${name} ${situation}`;
    await outboxContract.find((one) => one.situation === situation)?.run(() => idbOutbox(own));
  },
  journalSituations: journalContract.map(({ situation }) => situation),
  async keepJournal(situation) {
    const files = () => opfsFiles(`${name} ${situation}`, startCopyWorker);
    await journalContract.find((one) => one.situation === situation)?.run(files);
  },
  async openGuarded() {
    outbox.close();
    const guarded = await openOutbox(name, startCopyWorker);
    outbox = guarded.outbox;
    return guarded.restored;
  },
  throwAway: () =>
    new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.addEventListener('error', () => reject(request.error));
      request.addEventListener('blocked', () => reject(new Error('a page of it is open')));
      request.addEventListener('success', () => resolve());
    }),
  async timeSaves(count) {
    const guarded: number[] = [];
    const bare: number[] = [];
    const alone = idbOutbox(name);
    for (let n = 0; n < count; n++) {
      const [first, second] = [drawnRecord(1_000_000 + n), drawnRecord(2_000_000 + n)];
      guarded.push(await timed(() => outbox.add(first)));
      bare.push(await timed(() => alone.add(second)));
    }
    alone.close();
    return { guarded, bare };
  },
  async save(from, to, bytes = 0) {
    try {
      for (let n = from; n <= to; n++)
        await outbox.add(bytes === 0 ? drawnRecord(n) : uploadedRecord(n, { picture: noisy(bytes) }));
      return 'saved';
    } catch (error) {
      return codeOf(error);
    }
  },
  counts: () => outbox.counts().catch(codeOf),
  async whole(from, to) {
    for (let n = from; n <= to; n++) same(await outbox.get(idAt(n)), drawnRecord(n));
    return true;
  },
  listen: () => void outbox.subscribe(() => heard++),
  heard: () => heard,
  upgrade: (version) =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(name, version);
      request.addEventListener('error', () => reject(request.error));
      request.addEventListener('success', () => {
        request.result.close();
        resolve('upgraded');
      });
    }),
  async openFrozen() {
    await rebuild('frozen', version1 as FrozenDatabase);
    return idbOutbox('frozen').counts();
  },
  async seed(from, count) {
    const all = Array.from({ length: count }, (_, i) => seeded(from + i));
    await outbox.addAll(
      all.filter((_, i) => i % 5 !== 0),
      'sent',
    );
    await outbox.addAll(
      all.filter((_, i) => i % 5 === 0),
      'waiting',
    );
  },
  async time() {
    const list = (filter: Partial<FeedbackFilter>, order: FeedbackOrder) => () =>
      outbox.ids({ ...anything, ...filter }, order);
    // What a person waits for first; the database is opened in it.
    const first = await timed(async () => outbox.heads(await outbox.ids(anything, 'newest', 60)));
    const all = await outbox.ids(anything, 'newest');
    return {
      'opened, and the first 60 heads': first,
      records: all.length,
      counts: await timed(() => outbox.counts()),
      'ids, newest': await timed(list({}, 'newest')),
      'ids, least certain': await timed(list({}, 'least-certain')),
      'ids of one letter': await timed(list({ label: 'letter-3' }, 'newest')),
      'ids of one letter, least certain': await timed(list({ label: 'letter-3' }, 'least-certain')),
      'ids confirmed': await timed(list({ verdict: 'confirmed' }, 'newest')),
      'ids confirmed, least certain': await timed(list({ verdict: 'confirmed' }, 'least-certain')),
      'ids by one model': await timed(list({ model: 'hebrew-letters@0.1.0' }, 'newest')),
      'ids sent': await timed(list({ state: 'sent' }, 'newest')),
      'ids drawn, corrected, waiting': await timed(
        list({ source: 'draw', verdict: 'corrected', state: 'waiting' }, 'newest'),
      ),
      'heads of 60': await timed(() => outbox.heads(all.slice(40_000, 40_060))),
      models: await timed(() => outbox.models()),
      'waiting(300)': await timed(() => outbox.waiting(300)),
      'one save': await timed(() => outbox.add(drawnRecord(9_999_999))),
    };
  },
};
