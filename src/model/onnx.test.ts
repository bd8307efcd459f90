import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from './error.ts';
import { checkOnnx } from './onnx.ts';
import { packageFiles } from './package.fixture.ts';
import { joined } from './packed.fixture.ts';

const real = packageFiles['fixture/1.0.0/int8.onnx'] ?? new Uint8Array();

/** A field that holds a message. */
const message = (field: number, ...inside: Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const body = joined(inside);
  return joined([varint(field * 8 + 2), varint(body.length), body]);
};
const varint = (value: number): Uint8Array =>
  value < 128 ? Uint8Array.of(value) : Uint8Array.of((value & 127) | 128, ...varint(value >> 7));
const external = message(13, message(1, new TextEncoder().encode('location')));

describe('an ONNX file', () => {
  it('passes when all its weights are inside', () => {
    expect(() => checkOnnx(real)).not.toThrow();
  });

  it.each<[place: string, model: Uint8Array]>([
    ['an initializer', message(7, message(5, external))],
    ['an initializer by its location alone', message(7, message(5, Uint8Array.of(14 * 8, 1)))],
    ['a constant', message(7, message(1, message(5, message(5, external))))],
    ['a list of constants', message(7, message(1, message(5, message(10, external))))],
    ['a branch of an If', message(7, message(1, message(5, message(6, message(5, external)))))],
    ['a list of branches', message(7, message(1, message(5, message(11, message(5, external)))))],
    ['a sparse initializer', message(7, message(15, message(1, external)))],
    ['a function', joined([message(7), message(25, message(7, message(5, message(5, external))))])],
  ])('is refused when %s lies outside', (_, model) => {
    expect(() => checkOnnx(model)).toThrow('keeps weights in another file');
  });

  it('is refused when cut anywhere', () => {
    for (let length = 0; length < real.length; length += 7) {
      // A cut between two top-level fields can leave a shorter model that is whole; the graph is one field.
      const graphStays = (() => {
        try {
          checkOnnx(real.subarray(0, length));
          return true;
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError);
          return false;
        }
      })();
      if (graphStays) expect(length).toBeGreaterThan(real.length * 0.95);
    }
  });

  it('is refused when it is a page of HTML', () => {
    expect(() => checkOnnx(new TextEncoder().encode('<!doctype html><title>404</title>'))).toThrow(ModelError);
  });

  it('is refused when it nests without end', () => {
    let graph = new Uint8Array();
    for (let depth = 0; depth < 12; depth++) graph = message(1, message(5, message(6, graph)));
    const model = message(7, graph);
    expect(() => checkOnnx(model)).toThrow('nests deeper');
  });

  it('brings nothing but our own error out of noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          checkOnnx(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
