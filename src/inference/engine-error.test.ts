import { describe, expect, it } from 'vitest';
import { ModelError } from '#model/error';
import { EngineError, errorData, revive } from './engine-error.ts';

describe('an error on its way to the page', () => {
  it('keeps its code, and comes to life again', () => {
    const there = revive(errorData(new EngineError('context-lost', 'gone')));
    expect(there).toBeInstanceOf(EngineError);
    expect(there).toMatchObject({ code: 'context-lost', detail: 'gone' });
  });

  it('of the model room keeps its code and its place', () => {
    const data = errorData(new ModelError('hash-mismatch', 'models/a.onnx', 'is not what the manifest names'));
    expect(data).toEqual({ code: 'hash-mismatch', detail: 'models/a.onnx: is not what the manifest names' });
  });

  it.each([
    [new RangeError('WebAssembly.Memory(): could not allocate memory'), 'out-of-memory'],
    [new Error('failed to allocate a buffer: std::bad_alloc'), 'out-of-memory'],
    [new Error("Aborted(CompileError: 'unsafe-eval' is not an allowed source of script)"), 'wasm-blocked'],
    [new ReferenceError('WebAssembly is not defined'), 'wasm-blocked'],
    [new TypeError('Failed to fetch dynamically imported module: https://x/ort.js'), 'offline'],
    [new TypeError('error loading dynamically imported module: https://x/ort.js'), 'offline'],
    [new TypeError('Importing a module script failed.'), 'offline'],
    [new DOMException('stopped', 'AbortError'), 'aborted'],
    [new Error('something else'), 'internal'],
    [42, 'internal'],
    ['a bare text', 'internal'],
  ])('%s is read by what it says', (thrown, code) => {
    const data = errorData(thrown);
    expect(data.code).toBe(code);
    expect(data.detail).not.toBe('');
  });
});
