import { describe, expect, it } from 'vitest';
import { answerOf, ink, ready } from './client.fixture.ts';
import { idOf, isErrorCode, readReply, readRequest } from './protocol.ts';

const start = {
  baseUrl: 'https://ktav.example/',
  catalogUrl: 'https://ktav.example/models/catalog.json',
  modelKeys: ['a'.repeat(64)],
  preference: 'webgl',
  installId: 'x',
  pin: null,
  appBuild: '1',
};
const picture = {
  kind: 'picture',
  bitmap: { width: 2, height: 2, close: () => undefined },
  crop: { left: 0, top: 0, right: 2, bottom: 2 },
  invert: false,
  line: { headline: 0, baseline: 2 },
};
const raster = {
  kind: 'raster',
  raster: { width: 2, height: 2, data: new Uint8Array(4) },
  cue: [1, 1, 1, 0],
};

describe('the worker takes', () => {
  it.each([
    { type: 'start', id: 1, in: start },
    { type: 'classify', id: 2, in: ink },
    { type: 'classify', id: 3, in: picture },
    { type: 'classify', id: 3, in: { ...picture, turns: 3 } },
    { type: 'classify', id: 3, in: raster },
    { type: 'abort', id: 4, in: 3 },
    { type: 'ping', id: 5, in: null },
  ])('$type $id', (message) => {
    expect(readRequest(message)).toEqual(message);
  });
});

describe('the worker refuses', () => {
  it.each([
    ['nothing', undefined],
    ['text', 'start'],
    ['an unknown type', { type: 'stop', id: 1, in: null }],
    ['a negative id', { type: 'ping', id: -1, in: null }],
    ['no id', { type: 'ping', in: null }],
    ['a start with an unknown backend', { type: 'start', id: 1, in: { ...start, preference: 'cpu' } }],
    ['a start with keys that are no texts', { type: 'start', id: 1, in: { ...start, modelKeys: [1] } }],
    ['a start without a catalog', { type: 'start', id: 1, in: { ...start, catalogUrl: null } }],
    ['ink that is no list of strokes', { type: 'classify', id: 1, in: { kind: 'ink', ink: [1], line: null } }],
    ['a picture without a bitmap', { type: 'classify', id: 1, in: { ...picture, bitmap: null } }],
    ['a crop that is not a number', { type: 'classify', id: 1, in: { ...picture, crop: { left: Number.NaN } } }],
    [
      'a raster whose pixels are a list',
      { type: 'classify', id: 1, in: { ...raster, raster: { width: 1, height: 1, data: [0] } } },
    ],
    ['a raster without a cue', { type: 'classify', id: 1, in: { ...raster, cue: undefined } }],
    ['five quarter turns', { type: 'classify', id: 1, in: { ...picture, turns: 5 } }],
    ['a line without a baseline', { type: 'classify', id: 1, in: { ...ink, line: { headline: 1 } } }],
  ])('%s', (_, message) => {
    expect(readRequest(message)).toBeNull();
  });

  it('but knows whom to tell', () => {
    expect(idOf({ type: 'classify', id: 7, in: null })).toBe(7);
    expect(idOf('classify')).toBeNull();
  });
});

describe('the page takes', () => {
  it.each([
    { type: 'status', status: ready },
    { type: 'status', status: { phase: 'downloading', loadedBytes: 1, totalBytes: 2 } },
    { type: 'status', status: { phase: 'failed', code: 'no-backend', detail: '', reports: [] } },
    { type: 'classify', id: 2, out: answerOf('alef') },
    { type: 'classify', id: 2, out: { ...answerOf('alef'), raster: raster.raster, cue: raster.cue } },
    { type: 'error', id: 3, error: { code: 'hash-mismatch', detail: '' } },
    { type: 'ping', id: 4, out: null },
  ])('$type', (message) => {
    expect(readReply(message)).toEqual(message);
  });
});

describe('the page refuses', () => {
  it.each([
    ['an unknown phase', { type: 'status', status: { phase: 'dreaming' } }],
    ['a ready model without labels', { type: 'status', status: { ...ready, labels: undefined } }],
    [
      'a label without a Hebrew title',
      { type: 'status', status: { ...ready, labels: [{ name: 'a', letter: 'a', title: { en: 'A' } }] } },
    ],
    ['an unknown error code', { type: 'error', id: 1, error: { code: 'oops', detail: '' } }],
    ['the name of a method as an error code', { type: 'error', id: 1, error: { code: 'toString', detail: '' } }],
    ['an answer without a receipt', { type: 'classify', id: 1, out: { ...answerOf('alef'), receipt: null } }],
    [
      'an answer with a broken candidate',
      { type: 'classify', id: 1, out: { ...answerOf('alef'), prediction: { candidates: [1] } } },
    ],
    [
      'an answer with a raster and no cue',
      { type: 'classify', id: 1, out: { ...answerOf('alef'), raster: raster.raster } },
    ],
    ['an answer with a cue and no raster', { type: 'classify', id: 1, out: { ...answerOf('alef'), cue: raster.cue } }],
    ['an error without an id', { type: 'error', error: { code: 'internal', detail: '' } }],
  ])('%s', (_, message) => {
    expect(readReply(message)).toBeNull();
  });

  it('codes that are none', () => {
    expect(isErrorCode('offline')).toBe(true);
    expect(isErrorCode('constructor')).toBe(false);
  });
});
