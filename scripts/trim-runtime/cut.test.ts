import { describe, expect, it } from 'vitest';
import { calledOf, exportedOf, instrumented, smallerThan, trimmed, withNote } from './cut.ts';
import { bodiesOf, CODE, leb, sectionsOf } from './wasm-code.ts';

const text = (words: string): number[] => [words.length, ...new TextEncoder().encode(words)];
const section = (id: number, content: readonly number[]): number[] => [id, ...leb(content.length), ...content];
const body = (...instructions: number[]): number[] => [instructions.length + 2, 0, ...instructions, 0x0b];

const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/**
 * Three functions of two numbers behind one imported one: add (0), times (1, by the imported one), minus (2, long).
 * `either` is exported too: it calls add for 0, and times for anything else, both by the table.
 */
const wasm = Uint8Array.from([
  ...HEAD,
  ...section(1, [2, 0x60, 2, 0x7f, 0x7f, 1, 0x7f, 0x60, 3, 0x7f, 0x7f, 0x7f, 1, 0x7f]),
  ...section(2, [1, ...text('js'), ...text('times'), 0, 0]),
  ...section(3, [4, 0, 0, 0, 1]),
  ...section(4, [1, 0x70, 0, 2]),
  ...section(6, [1, 0x7f, 0, 0x41, 7, 0x0b]),
  ...section(7, [3, ...text('add'), 0, 1, ...text('minus'), 0, 3, ...text('either'), 0, 4]),
  ...section(9, [1, 0, 0x41, 0, 0x0b, 2, 1, 2]),
  ...section(10, [
    4,
    ...body(0x20, 0, 0x20, 1, 0x6a),
    ...body(0x20, 0, 0x20, 1, 0x10, 0),
    ...body(0x20, 0, 0x20, 1, 0x6b, ...Array.from({ length: 20 }, () => 0x01)),
    ...body(0x20, 1, 0x20, 2, 0x20, 0, 0x11, 0, 0),
  ]),
]);

type Functions = {
  readonly add: (a: number, b: number) => number;
  readonly minus: (a: number, b: number) => number;
  readonly either: (which: number, a: number, b: number) => number;
};

function started(module: Uint8Array): Functions & Record<string, unknown> {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(module)), {
    js: { times: (a: number, b: number) => a * b },
  });
  return exports as Functions & Record<string, unknown>;
}

describe('a module whose functions note that they were called', () => {
  it('computes as before, and tells which were, by table and by name', () => {
    const functions = started(instrumented(wasm));
    expect(calledOf(functions)).toEqual([]);
    expect(functions.either(1, 6, 7)).toBe(42);
    expect(calledOf(functions)).toEqual([1, 3]);
    expect(functions.minus(9, 4)).toBe(5);
    expect(calledOf(functions)).toEqual([1, 2, 3]);
  });
});

describe('a trimmed module', () => {
  const cut = trimmed(wasm, new Set([0, 3]));

  it('computes as before with what it kept', () => {
    expect(started(cut).add(2, 3)).toBe(5);
    expect(started(cut).either(0, 2, 3)).toBe(5);
  });

  it('stops at what it lacks, whether that is called by name or by the table', () => {
    expect(() => started(cut).minus(2, 3)).toThrow(WebAssembly.RuntimeError);
    expect(() => started(cut).either(1, 2, 3)).toThrow(WebAssembly.RuntimeError);
  });

  it('keeps every other section byte by byte', () => {
    const others = (module: Uint8Array) => sectionsOf(module).filter(({ id }) => id !== CODE);
    expect(others(cut)).toEqual(others(wasm));
  });

  it('can carry a note, which changes nothing', () => {
    const noted = withNote(cut, 'ktav', 'for a test');
    expect(
      new TextDecoder().decode(
        WebAssembly.Module.customSections(new WebAssembly.Module(Uint8Array.from(noted)), 'ktav')[0],
      ),
    ).toBe('for a test');
    expect(started(noted).add(2, 3)).toBe(5);
  });
});

it('exported functions are found by their place among the module’s own', () => {
  expect(exportedOf(wasm)).toEqual([0, 2, 3]);
});

it('small functions are those with few bytes of code', () => {
  expect(smallerThan(wasm, 20)).toEqual([0, 1, 3]);
  const code = sectionsOf(wasm).find(({ id }) => id === CODE)?.content ?? new Uint8Array();
  expect(bodiesOf(code).map(({ length }) => length)).toEqual([7, 8, 27, 11]);
});

it.each([
  ['text', new TextEncoder().encode('<!doctype html>')],
  ['a module that ends early', wasm.subarray(0, wasm.length - 5)],
])('%s is refused', (_, bytes) => {
  expect(() => trimmed(bytes, new Set())).toThrow(/no WebAssembly|ends too early/);
});
