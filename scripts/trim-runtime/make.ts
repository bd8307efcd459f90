/** Makes ONNX Runtime's .wasm small for the models of a folder, proves it on them, and keeps it for the next build. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exportedOf, instrumented, smallerThan, trimmed, withNote } from './cut.ts';
import type { Exercised } from './exercise.ts';
import type { Opened } from './open.ts';
import { stoppedAt, withGlobalsShown } from './opened.ts';
import { manifestsOf, modelForAll } from './served-models.ts';

export type TrimmedRuntime = {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 of the model files that it was seen to run; it is used for no others. */
  readonly models: readonly string[];
  /** Null where no model is served to everybody. */
  readonly opened: OpenedRuntime | null;
};

/** The same with one model open in it from the beginning. */
export type OpenedRuntime = { readonly path: string; readonly sha256: string; readonly model: string };

/**
 * Functions of fewer bytes than this stay, called or not: getters, destructors, ways out after errors. They are most of
 * all functions and a twentieth of the bytes, and a device that goes a little astray finds them there.
 */
export const TOO_SMALL_TO_CUT = 128;
const PATIENCE_MS = 600_000;

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const fullPath = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');

const made = new Map<string, Promise<TrimmedRuntime | null>>();

/** Null where the folder has no model that runs on WebAssembly. Rejects where the trimmed runtime answers otherwise than the full one. */
export function trimmedRuntime(models: string): Promise<TrimmedRuntime | null> {
  const making = made.get(models) ?? fromCacheOrAnew(models);
  made.set(models, making);
  return making;
}

async function fromCacheOrAnew(models: string): Promise<TrimmedRuntime | null> {
  if (manifestsOf(models).length === 0) return null;
  const folder = join(root, '.cache/trimmed-runtime', keyOf(models));
  const path = join(folder, 'ort-trimmed.wasm');
  if (!existsSync(path)) {
    mkdirSync(dirname(folder), { recursive: true });
    const work = mkdtempSync(`${folder}.`);
    try {
      writeFileSync(join(work, 'models.json'), JSON.stringify(await make(models, work)));
      // Whole or not at all: another build may be at it. What it made is the same.
      if (!existsSync(folder)) renameSync(work, folder);
    } catch (error) {
      if (!existsSync(path)) throw error;
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  const wasm = readFileSync(path);
  const names: unknown = JSON.parse(readFileSync(join(folder, 'models.json'), 'utf8'));
  const list = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  if (list.length === 0) return null;
  const model = modelForAll(models);
  const openedPath = join(folder, 'ort-opened.wasm');
  const opened =
    model === null || !existsSync(openedPath)
      ? null
      : { path: openedPath, sha256: sha256(readFileSync(openedPath)), model };
  return { path, bytes: wasm.length, sha256: sha256(wasm), models: list, opened };
}

/** Writes ort-trimmed.wasm into the folder; returns the models that it is for. */
async function make(models: string, folder: string): Promise<readonly string[]> {
  const full = readFileSync(fullPath);
  const watched = join(folder, 'watched.wasm');
  writeFileSync(watched, instrumented(full));
  const seen = await exercise(watched, models);
  rmSync(watched);

  const keeps = new Set([...seen.called, ...exportedOf(full), ...smallerThan(full, TOO_SMALL_TO_CUT)]);
  const path = join(folder, 'ort-trimmed.wasm');
  const note = { trimmedFrom: sha256(full), models: seen.models, functions: keeps.size };
  writeFileSync(path, withNote(trimmed(full, keeps), 'ktav', JSON.stringify(note)));
  writeFileSync(join(folder, 'seen.json'), JSON.stringify(seen));
  const proof = await exercise(path, models);
  if (proof.digest !== seen.digest) throw new Error('the trimmed runtime does not answer as the full one does');
  const model = modelForAll(models);
  if (model !== null && seen.models.includes(model)) await makeOpened(models, model, folder);
  return seen.models;
}

/**
 * Writes ort-opened.wasm into the folder: the runtime as it is in Node once the model is open, cut to what running it calls.
 * Rejects where it gives another bit than the full one.
 */
export async function makeOpened(models: string, model: string, folder: string): Promise<void> {
  const full = readFileSync(fullPath);
  const [shown, image, watched] = ['shown.wasm', 'image', 'watched.wasm'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(shown, withGlobalsShown(full));
  const stopped = (await inProcess('open.ts', shown, models, model, image)) as Opened;
  const opened = stoppedAt(full, { ...stopped, memory: readFileSync(image) });
  writeFileSync(watched, instrumented(opened));
  const [seen, whole] = await Promise.all([exercise(watched, models, model), exercise(fullPath, models, model)]);
  for (const path of [shown, image, watched]) rmSync(path);

  const keeps = new Set([...seen.called, ...exportedOf(full), ...smallerThan(opened, TOO_SMALL_TO_CUT)]);
  const path = join(folder, 'ort-opened.wasm');
  const note = { openedFrom: sha256(full), model, functions: keeps.size };
  writeFileSync(path, withNote(trimmed(opened, keeps), 'ktav', JSON.stringify(note)));
  const proof = await exercise(path, models, model);
  if (proof.digest !== whole.digest) throw new Error('the opened runtime does not answer as the full one does');
}

/** only: the model to run, of those in the folder; all of them where none is named. */
export async function exercise(runtime: string, models: string, only?: string): Promise<Exercised> {
  return (await inProcess('exercise.ts', runtime, models, ...(only === undefined ? [] : [only]))) as Exercised;
}

/** The runtime starts once in a process, so each file is put to work in one of its own. */
async function inProcess(script: string, ...args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', join(here, script), ...args], {
    cwd: root,
    timeout: PATIENCE_MS,
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout);
}

/** Of all that decides what comes out: the runtime, the models, and the code of this folder. */
function keyOf(models: string): string {
  const hash = createHash('sha256');
  const packages = manifestsOf(models).flatMap((path) => filesOf(dirname(path)));
  const glue = join(dirname(fullPath), 'ort.wasm.bundle.min.mjs');
  for (const path of [fullPath, glue, ...filesOf(here), ...packages]) hash.update(sha256(readFileSync(path)));
  return hash.digest('hex').slice(0, 32);
}

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test\.ts|md)$/.test(entry.name))
    .map(({ name }) => join(folder, name))
    .toSorted();

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
