import type { Answer } from '#inference/answer';

/** An answer that names this letter, with another one behind it. */
export const answerOf = (label: string): Answer => ({
  prediction: {
    kind: 'letter',
    label,
    probability: 0.9,
    candidates: [
      { label, probability: 0.9 },
      { label: 'shin', probability: 0.1 },
    ],
  },
  raster: { width: 2, height: 2, data: Uint8Array.of(0, 255, 0, 255) },
  cue: [0, 0, 0, 0],
  inkBox: null,
  receipt: {
    model: 'hebrew-letters',
    version: '0.2.0',
    fileHash: 'a'.repeat(64),
    backend: 'wasm',
    preprocess: 1,
    appBuild: 'test',
  },
  embedding: null,
  timing: { preprocess: 0, inference: 0, total: 0 },
});
