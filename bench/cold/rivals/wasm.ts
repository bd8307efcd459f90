import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { setThreadsCount, setWasmPath } from '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { answerOne } from './lean.ts';

/** TF.js with its WASM backend and nothing else, out of modules, so that the bundler leaves out what it can. */
setWasmPath(simdUrl);
setThreadsCount(1);
await answerOne(setBackend('wasm').then(ready));
