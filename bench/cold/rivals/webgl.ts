import { ready, setBackend } from '@tensorflow/tfjs-core';
import { answerOne } from './lean.ts';

/** TF.js as its script tag brings it: the library is the global `tf`, backends aboard. */
await answerOne(setBackend('webgl').then(ready));
