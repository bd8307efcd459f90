import { expect, it } from 'vitest';
import { globalsOf, stoppedAt, withGlobalsShown } from './opened.ts';
import { areCounters, leb, sectionsOf, signedLeb } from './wasm-code.ts';

const text = (words: string): number[] => [words.length, ...new TextEncoder().encode(words)];
const section = (id: number, content: readonly number[]): number[] => [id, ...leb(content.length), ...content];
const body = (...instructions: number[]): number[] => [instructions.length + 2, 0, ...instructions, 0x0b];
const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const START = 8;

/**
 * A program on a memory of the world outside: what it does by itself as it starts writes 7 to place 100. `count` adds 1 to its
 * global and gives it; `keep` writes a number to a place; `look` reads one. Its one piece of data, "ab", is for whoever asks.
 */
const wasm = Uint8Array.from([
  ...HEAD,
  ...section(1, [4, 0x60, 0, 0, 0x60, 0, 1, 0x7f, 0x60, 2, 0x7f, 0x7f, 0, 0x60, 1, 0x7f, 1, 0x7f]),
  ...section(2, [1, ...text('js'), ...text('m'), 2, 0, 1]),
  ...section(3, [4, 0, 1, 2, 3]),
  ...section(6, [1, 0x7f, 1, 0x41, 0, 0x0b]),
  ...section(7, [3, ...text('count'), 0, 1, ...text('keep'), 0, 2, ...text('look'), 0, 3]),
  ...section(START, [0]),
  ...section(12, [1]),
  ...section(10, [
    4,
    ...body(0x41, ...signedLeb(100), 0x41, 7, 0x3a, 0, 0),
    ...body(0x23, 0, 0x41, 1, 0x6a, 0x24, 0, 0x23, 0),
    ...body(0x20, 0, 0x20, 1, 0x3a, 0, 0),
    ...body(0x20, 0, 0x2d, 0, 0),
  ]),
  ...section(11, [1, 1, 2, 0x61, 0x62]),
]);

type Program = {
  readonly count: () => number | undefined;
  readonly keep: (place: number, value: number) => void;
  readonly look: (place: number) => number;
};

function started(module: Uint8Array) {
  const m = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(module)), { js: { m } });
  return { memory: new Uint8Array(m.buffer), exports, program: exports as unknown as Program };
}

function stopped() {
  const { memory, exports, program } = started(withGlobalsShown(wasm));
  for (let n = 0; n < 200; n++) program.count();
  program.keep(40_000, 5);
  return { memory, globals: globalsOf(exports) };
}

it('a module goes on where another one stopped: its memory, its globals, and nothing done again', () => {
  const { memory, globals } = stopped();
  expect(globals).toEqual([200]);
  memory[100] = 9;
  const { program } = started(stoppedAt(wasm, { memory, globals, answers: {} }));
  expect(program.count()).toBe(201);
  expect([program.look(40_000), program.look(100), program.look(0)]).toEqual([5, 9, 0]);
});

it('functions that are told what to answer do no more than that, however large or small it is', () => {
  const state = stopped();
  for (const answer of [0, 9_737_424, -1]) {
    const { program } = started(stoppedAt(wasm, { ...state, answers: { count: answer, keep: null } }));
    program.keep(40_000, 6);
    expect([program.count(), program.look(40_000)]).toEqual([answer, 5]);
  }
});

it('what the module runs by itself is gone, and data that instructions name keeps its number', () => {
  const sections = sectionsOf(stoppedAt(wasm, { ...stopped(), answers: {} }));
  expect(sections.map(({ id }) => id)).not.toContain(START);
  const data = sections.find(({ id }) => id === 11)?.content ?? [];
  // Three pieces: the one that was there, empty, and the two places that were written.
  expect([...data].slice(0, 3)).toEqual([3, 1, 0]);
});

it('a module without such a function, or with other globals than numbers of 32 bits, is refused', () => {
  expect(() => stoppedAt(wasm, { ...stopped(), answers: { shout: 1 } })).toThrow('no function "shout"');
  expect(areCounters(Uint8Array.of(1, 0x7e, 1, 0x42, 0, 0x0b))).toBe(false);
  expect(areCounters(Uint8Array.of(1, 0x7f, 0, 0x41, 0, 0x0b))).toBe(false);
});
