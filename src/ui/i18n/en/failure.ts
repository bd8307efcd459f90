/** By EngineErrorCode: what happened, what was kept, what to do next. */
export const failure = {
  aborted: {
    happened: 'Reading was stopped.',
    kept: 'Your drawing is still here.',
    next: 'Try again, or go on writing.',
  },
  offline: {
    happened: 'The reader could not be downloaded: there is no connection.',
    kept: 'What was downloaded so far is kept, and so is your drawing.',
    next: 'Connect and try again. The model then stays on this device.',
  },
  'catalog-invalid': {
    happened: 'The list of models on this site cannot be understood.',
    kept: 'Your drawing is still here.',
    next: 'Try again later. If you run this site, check models/catalog.json.',
  },
  'catalog-untrusted': {
    happened: 'The list of models on this site is not signed as it should be, so it is not used.',
    kept: 'Your drawing is still here, and so is everything that this device had before.',
    next: 'Try again later. If you run this site: npm run model:sign.',
  },
  'manifest-invalid': {
    happened: 'The description of the model is broken, so the model is not used.',
    kept: 'Your drawing is still here.',
    next: 'Try again later. If you run this site, run npm run model:verify.',
  },
  'model-unsafe': {
    happened: 'The model asks for something that Ktav does not run, so it is not used.',
    kept: 'Your drawing is still here.',
    next: 'Try again later. If you run this site, run npm run model:verify.',
  },
  'app-too-old': {
    happened: 'The model needs a newer version of this page.',
    kept: 'Your drawing is still here.',
    next: 'Close all tabs of Ktav and open it again.',
  },
  'file-missing': {
    happened: 'A file of the model is not on this site.',
    kept: 'The files that arrived are kept.',
    next: 'Try again later. If you run this site, put the missing file back.',
  },
  'hash-mismatch': {
    happened: 'A file of the model arrived damaged or was changed, so it is not used.',
    kept: 'The sound files are kept. The damaged one was thrown away.',
    next: 'Try again to download it anew.',
  },
  'quota-exceeded': {
    happened: 'This device has no room left to keep the model.',
    kept: 'Your drawing is still here.',
    next: 'Free some space, or leave private browsing, and try again.',
  },
  'wasm-blocked': {
    happened: 'This browser does not allow WebAssembly here.',
    kept: 'Your drawing is still here.',
    next: 'Allow it in the settings (lockdown modes forbid it), or use another browser.',
  },
  'webgl-unavailable': {
    happened: 'This browser offers no WebGL 2.',
    kept: 'Your drawing is still here.',
    next: 'Choose another backend on the About screen.',
  },
  'webgpu-unavailable': {
    happened: 'This browser offers no WebGPU that Ktav can use.',
    kept: 'Your drawing is still here.',
    next: 'Choose another backend on the About screen.',
  },
  'context-lost': {
    happened: 'The graphics chip dropped its work.',
    kept: 'Your drawing is still here.',
    next: 'Try again. Ktav goes on without the graphics chip where it can.',
  },
  'out-of-memory': {
    happened: 'This device ran out of memory.',
    kept: 'Your drawing is still here.',
    next: 'Close other tabs and try again.',
  },
  'self-test-failed': {
    happened: 'The model gives wrong results on this device, so it is not used here.',
    kept: 'Your drawing is still here.',
    next: 'Choose another backend on the About screen, or use another browser.',
  },
  'no-backend': {
    happened: 'Nothing on this device can run the model.',
    kept: 'Your drawing is still here.',
    next: 'The About screen says what was tried. Another browser may do it.',
  },
  'worker-crashed': {
    happened: 'The reader stopped unexpectedly.',
    kept: 'Your drawing is still here. A fresh reader is starting.',
    next: 'Try again.',
  },
  'worker-hung': {
    happened: 'The reader did not answer in time and was stopped.',
    kept: 'Your drawing is still here. A fresh reader is starting.',
    next: 'Try again.',
  },
  'bad-input': {
    happened: 'This cannot be read.',
    kept: 'Nothing was changed.',
    next: 'Clear the sheet and write the letter again.',
  },
  internal: {
    happened: 'Something went wrong inside Ktav.',
    kept: 'Your drawing is still here.',
    next: 'Try again. If it happens again, load the page anew.',
  },
} as const;
