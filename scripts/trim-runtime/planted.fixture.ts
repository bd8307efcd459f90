import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { exportedOf, smallerThan, trimmed } from './cut.ts';
import type { Exercised } from './exercise.ts';
import { TOO_SMALL_TO_CUT, trimmedRuntime } from './make.ts';

/**
 * A runtime that lacks operators which the models of that folder need: trimmed as far as starting it goes, so that it
 * traps when a model is opened; or as far as opening them goes, so that it traps in the first run.
 */
export async function plantedRuntime(models: string, goes: 'starting' | 'opening'): Promise<Uint8Array> {
  const made = await trimmedRuntime(models);
  if (made === null) throw new Error(`no model of ${models} runs on WebAssembly`);
  const seen = JSON.parse(readFileSync(join(dirname(made.path), 'seen.json'), 'utf8')) as Exercised;
  const full = readFileSync(createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
  const called = goes === 'starting' ? seen.started : seen.opened;
  return trimmed(full, new Set([...called, ...exportedOf(full), ...smallerThan(full, TOO_SMALL_TO_CUT)]));
}
