import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';

/** Where and with what it was measured: figures without it say little. */
export type Machine = {
  readonly at: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  readonly node: string;
  readonly browser: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Load average of the last minute, before and after. */
  readonly load: { readonly before: number; readonly after: number };
  /** Part of all cores, 0 to 1, that other programs had for themselves before the start. */
  readonly busyBefore: number;
};

const measuredPackages = ['onnxruntime-web', 'onnxruntime-node', '@tensorflow/tfjs-core', 'react', 'konva'];

export type Before = Pick<Machine, 'at' | 'busyBefore'> & { readonly load: number };

/** Looks at the machine while nothing of ours runs yet. Takes a second. */
export async function machineBefore(): Promise<Before> {
  const at = new Date().toISOString();
  const load = loadavg()[0] ?? NaN;
  const before = ticks();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const after = ticks();
  return { at, load, busyBefore: (after.busy - before.busy) / Math.max(1, after.all - before.all) };
}

export function machineAfter({ at, load, busyBefore }: Before, browser: string): Machine {
  return {
    at,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: type(),
    node: process.version,
    browser,
    versions: Object.fromEntries(measuredPackages.map((name) => [name, versionOf(name)])),
    load: { before: load, after: loadavg()[0] ?? NaN },
    busyBefore,
  };
}

function ticks(): { readonly busy: number; readonly all: number } {
  let busy = 0;
  let all = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.sys + times.nice + times.irq;
    all += times.user + times.sys + times.nice + times.irq + times.idle;
  }
  return { busy, all };
}

function versionOf(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
