import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { setThreadsCount, setWasmPath } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgl';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { runLane } from './lane.ts';
import { buildInTfjs } from './tfjs-network.ts';

/** The same network, out of the same file, in TF.js: SIMD and one thread, which naming the file decides. */
runLane(async (lane, { manifest, fp32 }) => {
  setWasmPath(simdUrl);
  setThreadsCount(1);
  if (!(await setBackend(lane.backend))) throw new Error(`TF.js has no ${lane.backend} here`);
  await ready();
  return buildInTfjs(fp32.onnx, manifest);
});
