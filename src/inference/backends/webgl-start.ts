import type * as Ort from 'onnxruntime-web';
import { identityModel } from './identity.ts';

export const WEBGL_SETTINGS: Ort.InferenceSession.SessionOptions = { executionProviders: ['webgl'] };

let started: Promise<typeof Ort> | null = null;

/**
 * Fetches the runtime and has it take its graphics context, once: a tenth of a second of work in software, done while the
 * weights are still on their way. What failed is tried again.
 */
export function startWebgl(): Promise<typeof Ort> {
  const starting = (started ??= start());
  starting.catch(() => (started = null));
  return starting;
}

async function start(): Promise<typeof Ort> {
  const ort = await import('onnxruntime-web/webgl');
  const session = await ort.InferenceSession.create(identityModel(), WEBGL_SETTINGS);
  await session.release();
  return ort;
}
