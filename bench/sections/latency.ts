import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import type { Lane } from '../browser/orders.ts';
import { median, pairedRatio } from '../figures.ts';
import { openNative } from '../native.ts';
import { ms, times } from '../report.ts';
import type { Section, Target } from '../report.ts';
import { race } from '../rounds.ts';
import type { Contestant, Race } from '../rounds.ts';
import { largestError, turnOf } from '../runner.ts';
import { readServedPackage } from '../served-package.ts';
import type { Precision, ServedPackage } from '../served-package.ts';

/** A contestant, and how far its logits are from those of the package. */
type Checked = Contestant & { readonly error: number };

const OURS = 'Ktav: ORT WASM int8';
const TFJS = 'TF.js WASM fp32';
const NATIVE = 'ORT native fp32';

const lanes: readonly { readonly name: string; readonly lane: Lane }[] = [
  { name: OURS, lane: { library: 'ktav', backend: 'wasm', file: 'int8' } },
  { name: TFJS, lane: { library: 'tfjs', backend: 'wasm', file: 'fp32' } },
  { name: 'Ktav: ORT WASM fp32', lane: { library: 'ktav', backend: 'wasm', file: 'fp32' } },
];
const webglLanes: typeof lanes = [
  { name: 'Ktav: ORT WebGL fp32', lane: { library: 'ktav', backend: 'webgl', file: 'fp32' } },
  { name: 'TF.js WebGL fp32', lane: { library: 'tfjs', backend: 'webgl', file: 'fp32' } },
];
const natives: readonly { readonly name: string; readonly file: Precision }[] = [
  { name: NATIVE, file: 'fp32' },
  { name: 'ORT native int8', file: 'int8' },
];

/** Further off than this, in logits, it is another network, and the comparison is void. */
const SAME_NETWORK = 1e-3;

const OFF_BY =
  'off by: largest difference of a logit from the package’s own, over all goldens, before the clock starts.';
const HEAD = ['letters at once', 'library', 'median ms', 'ours / theirs', 'off by'];

export async function latency(page: Page, models: string, quick: boolean): Promise<Section> {
  const served = await readServedPackage((path) => readFile(`${models}/${path}`));
  const contestants: Checked[] = [];
  for (const { name, lane } of lanes) contestants.push(await inBrowser(page, name, lane));
  for (const { name, file } of natives) contestants.push(await inNode(name, served, file));
  const rounds = quick ? 6 : 40;
  const one: Race = { batch: 1, warmUp: 8, calls: 25, rounds, discarded: 3 };
  const many: Race = { batch: 64, warmUp: 1, calls: 2, rounds: Math.ceil(rounds / 3), discarded: 1 };
  const runs = [await compared(contestants, one), await compared(contestants, many)];
  return {
    title: `Latency of ${served.manifest.id} ${served.manifest.version}, one thread each (ratio: median, and middle half, of the rounds')`,
    head: HEAD,
    rows: runs.flatMap(({ rows }) => rows),
    notes: [
      `A B C A B C …: ${one.rounds} rounds of ${one.calls} calls for one letter, ${many.rounds} of ${many.calls} for 64; warm-up left out.`,
      OFF_BY,
      'From a Float32Array to a Float32Array: tensors in and out are part of it.',
    ],
    targets: runs.flatMap(({ targets }) => targets),
    data: runs.map(({ race, figures }) => ({ ...race, figures })),
  };
}

/** For information: page is in a browser that draws WebGL in software, where it takes tens of milliseconds. */
export async function webgl(page: Page, quick: boolean): Promise<Section> {
  const contestants: Checked[] = [];
  for (const { name, lane } of [...lanes.slice(0, 1), ...webglLanes])
    contestants.push(await inBrowser(page, name, lane));
  const order: Race = { batch: 1, warmUp: 1, calls: 3, rounds: quick ? 2 : 10, discarded: 1 };
  const { rows, figures } = await compared(contestants, order);
  return {
    title: 'WebGL, drawn in software on this machine; for information',
    head: HEAD,
    rows,
    notes: [`${order.rounds} rounds of ${order.calls} calls. ${OFF_BY}`],
    targets: [],
    data: { ...order, figures },
  };
}

async function compared(contestants: readonly Checked[], order: Race) {
  const figures = await race(contestants, order);
  const of = (name: string): readonly number[] => figures.get(name) ?? [];
  const ratio = (name: string) => pairedRatio(of(OURS), of(name));
  const rows = contestants.map(({ name, error }) => [
    String(order.batch),
    name,
    ms(median(of(name))),
    name === OURS ? '' : times(ratio(name)),
    error === 0 ? 'same bits' : error.toExponential(0),
  ]);
  const limits = [
    [TFJS, 0.75],
    [NATIVE, 3.9],
  ] as const;
  const targets = limits
    .filter(([name]) => figures.has(name))
    .map(([name, limit]): Target => ({
      what: `${order.batch === 1 ? 'one letter' : `${order.batch} letters`}, against ${name}`,
      figure: ratio(name).median,
      limit,
      unit: '×',
    }));
  return { race: order, rows, targets, figures: Object.fromEntries(figures) };
}

async function inBrowser(page: Page, name: string, lane: Lane): Promise<Checked> {
  const { id, largestError: error } = await page.evaluate((wanted) => window.bench.open(wanted), lane);
  return checked({
    name,
    error,
    turn: (turn) => page.evaluate(([lane, order]) => window.bench.turn(lane, order), [id, turn] as const),
  });
}

async function inNode(name: string, served: ServedPackage, file: Precision): Promise<Checked> {
  const runner = await openNative(served[file].onnx, served.manifest);
  const error = await largestError(runner, served, served[file]);
  return checked({ name, error, turn: (turn) => turnOf(runner, served, turn) });
}

function checked(contestant: Checked): Checked {
  const { name, error } = contestant;
  if (!(error <= SAME_NETWORK)) throw new Error(`${name} is off by ${error}: not the same network, nothing to compare`);
  return contestant;
}
