import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ModelError } from './error.ts';
import { checkOnnx } from './onnx.ts';
import { packageFiles } from './package.fixture.ts';

const small = packageFiles['fixture/1.0.0/int8.onnx'] ?? new Uint8Array();
const served = new URL('../../public/models/hebrew-letters/0.4.0/model.int8.onnx', import.meta.url);
const large = Uint8Array.from(readFileSync(served));

type Mutation = { readonly at: number; readonly span: number; readonly to: number; readonly bytes: Uint8Array };
/** Bytes that are changed, taken out, put in, or copied to another place. */
const kinds: Readonly<Record<string, (model: Uint8Array, mutation: Mutation) => Uint8Array>> = {
  flipped: (model, { at, bytes }) => model.map((byte, i) => byte ^ (bytes[i - at] ?? 0)),
  cut: (model, { at }) => model.subarray(0, at),
  without: (model, { at, span }) => spliced(model, at, span, new Uint8Array()),
  with: (model, { at, bytes }) => spliced(model, at, 0, bytes),
  overwritten: (model, { at, bytes }) => spliced(model, at, bytes.length, bytes),
  copied: (model, { at, span, to }) => spliced(model, to, 0, model.subarray(at, at + span)),
  // The longest number, the largest length, and ends of groups, where a key or a length was.
  swollen: (model, { at }) => spliced(model, at, 1, Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1)),
};

function spliced(model: Uint8Array, at: number, remove: number, put: Uint8Array): Uint8Array {
  return Uint8Array.from(Buffer.concat([model.subarray(0, at), put, model.subarray(at + remove)]));
}

const mutationOf = (model: Uint8Array): fc.Arbitrary<Mutation> => {
  // Weights are most of the bytes; the nodes stand before them.
  const place = fc.oneof(fc.nat({ max: model.length - 1 }), fc.nat({ max: Math.min(model.length, 12_000) - 1 }));
  return fc.record({
    at: place,
    span: fc.integer({ min: 1, max: 200 }),
    to: place,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
  });
};

/** True when it passed, false when it was refused in our words; whatever else is thrown gets out. */
function passes(bytes: Uint8Array): boolean {
  try {
    checkOnnx(bytes);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    return false;
  }
}

it.each([
  ['the small model', small, 1600],
  ['the model that is served', large, 400],
] as const)('brings nothing but our own error out of a mutated file: %s', (_, model, numRuns) => {
  const kind = fc.constantFrom(...Object.values(kinds));
  let refused = 0;
  fc.assert(
    fc.property(kind, fc.array(mutationOf(model), { minLength: 1, maxLength: 3 }), (mutate, mutations) => {
      if (!passes(mutations.reduce(mutate, model))) refused++;
    }),
    { numRuns },
  );
  // Were everything let through, or everything refused, the mutations would show nothing.
  expect(refused).toBeGreaterThan(numRuns / 20);
});

it('brings nothing but our own error out of noise', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      passes(bytes);
    }),
    { numRuns: 1000 },
  );
});
