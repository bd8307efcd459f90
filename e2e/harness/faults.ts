/** The feedback room under fire: saves, changes, withdraws and sends until it is killed. No part of what is shipped. */
import { outboxName } from '#feedback/names';
import type { Outbox } from '#feedback/outbox';
import { pageSide } from '#feedback/page-side';
import type { FeedbackRecord } from '#feedback/record';
import { openOutbox } from '#feedback/second-copy/open-outbox';
import { copyScript } from '#feedback/second-copy/opfs-files';
import { createSync } from '#feedback/sync';
import type { SyncTimings } from '#feedback/sync';
import { syncParts } from '#feedback/sync-parts';
import { readTarget } from '#feedback/target';
import { createUuid7 } from '#feedback/uuid7';
import { trustedScript } from '#inference/trusted-script';
import { sha256 } from '#model/sha256';
import type { Orders, Told } from './faults-orders.ts';
import { startUnsealed } from './faults-unsealed.ts';

/** As in the app, but for the waits: a life lasts a second or two, and is to meet many faults. */
const timings: SyncTimings = {
  afterSave: 20,
  elsewhere: 100,
  put: { answer: 400, slowestBytesPerSecond: 1_000_000 },
  backoff: { base: 20, most: 200, mostRetryAfter: 50 },
};

const ordersIn = (query: string): Orders => JSON.parse(decodeURIComponent(query.slice(1))) as Orders;
const orders = ordersIn(location.search);
const now = (): number => Date.now() + orders.clockOff;
const pause = (most: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * most));
const newId = createUuid7({ now, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)) });

/** keepalive, so that what was committed is told even when the page goes away in an orderly manner. */
const tell = (told: Told): Promise<Response> =>
  fetch('/told', { method: 'POST', body: JSON.stringify(told), keepalive: true });

function newRecord(): FeedbackRecord {
  const x = Math.random() * 100;
  const top = [{ label: 'alef', probability: Math.random() }];
  return {
    schema: 1,
    id: newId(),
    revision: 0,
    time: new Date(now()).toISOString(),
    source: 'draw',
    drawn: { ink: [[{ x, y: x, t: 0 }]], line: { headline: 10, baseline: 90 } },
    seen: {
      raster: { width: 16, height: 16, data: crypto.getRandomValues(new Uint8Array(256)) },
      cue: [1, 0.75, 1, -0.125],
    },
    picture: null,
    prediction: { label: 'alef', reason: null, top },
    verdict: 'confirmed',
    label: 'alef',
    receipt: {
      model: 'faults',
      version: '1.0.0',
      fileHash: 'ab'.repeat(32),
      backend: 'wasm',
      preprocess: 1,
      appBuild: __APP_BUILD__,
    },
  };
}

async function save(outbox: Outbox): Promise<void> {
  const mine: string[] = [];
  for (let made = 0; made < orders.records; made += 1) {
    const record = newRecord();
    await outbox.add(record);
    void tell({ kind: 'kept', id: record.id, revision: record.revision });
    mine.push(record.id);
    const time = new Date(now()).toISOString();
    const old = mine[Math.floor(Math.random() * mine.length)] ?? record.id;
    if (Math.random() < 0.15) {
      const { revision } = await outbox.revise(old, { verdict: 'corrected', label: 'bet', time });
      void tell({ kind: 'kept', id: old, revision });
    } else if (Math.random() < 0.05) {
      mine.splice(mine.indexOf(old), 1);
      // Heard before it begins: killed between commit and word, the record is gone and nobody has lost it.
      await tell({ kind: 'withdrawing', id: old });
      await outbox.withdraw(old, time);
      void tell({ kind: 'withdrawn', id: old });
    }
    await pause(60);
  }
}

const startCopyWorker = (): Worker =>
  new Worker(trustedScript('ktav-second-copy', copyScript, copyScript), { type: 'module' });

function openMoreTabs(): void {
  const alone = encodeURIComponent(JSON.stringify({ ...orders, moreTabs: 0 }));
  for (let i = 0; i < orders.moreTabs; i += 1) window.open(`?${alone}`, '_blank', 'noopener');
}

async function run(): Promise<void> {
  openMoreTabs();
  const { outbox, restored } = await openOutbox(outboxName(location.href), startCopyWorker);
  if (restored > 0) void tell({ kind: 'restored', records: restored });
  const target = readTarget({ app: 'faults', ...orders.target }, location.href);
  const parts = syncParts(outbox, sha256, location.pathname, pageSide, timings);
  const sync = createSync({ ...parts, clock: { ...parts.clock, now } });
  if (orders.unsealed) void startUnsealed(outbox, target, timings, parts.onlyOne);
  else {
    sync.configure(target, { allowed: true, unmeteredOnly: false });
    sync.start();
  }
  const report = async (): Promise<void> => {
    const { waiting, sent, refused } = await outbox.counts();
    const batches = (await outbox.batches()).filter(({ state }) => state.kind === 'due').length;
    const problem = JSON.stringify(sync.state().problem);
    await tell({ kind: 'counts', waiting, sent, refused, batches, problem });
  };
  await save(outbox);
  for (;;) {
    await report();
    await pause(300);
  }
}

run().catch((error: unknown) => tell({ kind: 'broken', why: error instanceof Error ? `${error.stack}` : 'unknown' }));
