/** Pure: a WebAssembly module that begins where a program stopped: with its memory and its globals as they were then. */
import {
  areCounters,
  bodiesOf,
  CODE,
  codeOf,
  countOf,
  DATA,
  DATA_COUNT,
  END,
  EXPORTS,
  exportsOf,
  FUNCTION_KIND,
  GLOBAL_KIND,
  GLOBALS,
  I32,
  I32_CONST,
  IMPORTS,
  importsOf,
  joined,
  leb,
  listWith,
  MUTABLE,
  sectionsOf,
  signedLeb,
  START,
  wasmOf,
  withSection,
} from './wasm-code.ts';

type Bytes = Uint8Array<ArrayBufferLike>;

const ACTIVE = 0;
const PASSIVE = 1;

/** Fewer zeros than this cost less than another piece of data. */
const GAP = 16;
const GLOBAL = 'global:';

/** Where a program stopped. answers: what exported functions give from now on, by name; null: they do nothing any more. */
export type Stopped = {
  readonly memory: Bytes;
  readonly globals: readonly number[];
  readonly answers: Readonly<Record<string, number | null>>;
};

/** The module with its globals exported, for globalsOf(). Throws where one is anything but a number of 32 bits. */
export function withGlobalsShown(wasm: Bytes): Bytes {
  const sections = sectionsOf(wasm);
  const globals = sections.find(({ id }) => id === GLOBALS)?.content ?? Uint8Array.of(0);
  if (!areCounters(globals)) throw new Error('a global of the module is no number of 32 bits');
  const names = Array.from({ length: countOf(globals) }, (_, n) => {
    const name = new TextEncoder().encode(`${GLOBAL}${n}`);
    return Uint8Array.of(...leb(name.length), ...name, GLOBAL_KIND, ...leb(n));
  });
  return wasmOf(withSection(sections, EXPORTS, (list) => listWith(list, names)));
}

export function globalsOf(exports: Readonly<Record<string, unknown>>): readonly number[] {
  const globals: number[] = [];
  for (const [name, value] of Object.entries(exports)) {
    if (name.startsWith(GLOBAL) && value instanceof WebAssembly.Global) {
      globals[Number(name.slice(GLOBAL.length))] = Number(value.value);
    }
  }
  return globals;
}

/**
 * The module as it was there and then, without ever having been started. What it did to get there it does not do again:
 * nothing runs by itself, its data is that memory, and the functions that `answers` names give their answer and no more.
 */
export function stoppedAt(wasm: Bytes, { memory, globals, answers }: Stopped): Bytes {
  const sections = sectionsOf(wasm).filter(({ id }) => id !== START);
  const content = (id: number): Bytes => sections.find((section) => section.id === id)?.content ?? Uint8Array.of(0);
  const imported = importsOf(content(IMPORTS), FUNCTION_KIND);
  const instead = new Map<number, Bytes>();
  for (const [name, answer] of Object.entries(answers)) {
    const found = exportsOf(content(EXPORTS)).find((one) => one.name === name && one.kind === FUNCTION_KIND);
    if (found === undefined) throw new Error(`the module has no function "${name}"`);
    instead.set(found.number - imported, answer === null ? Uint8Array.of(0, END) : bodyThatGives(answer));
  }
  // Instructions name pieces of data by number: those that were there stay, with nothing in them.
  const before = Array.from({ length: countOf(content(DATA)) }, () => Uint8Array.of(PASSIVE, 0));
  const data = [...before, ...piecesOf(memory)];
  const replaced = new Map<number, (was: Bytes) => Bytes>([
    [GLOBALS, () => listWith(Uint8Array.of(0), globals.map(counter))],
    [CODE, (code) => codeOf(bodiesOf(code).map((body, n) => instead.get(n) ?? body))],
    [DATA_COUNT, () => Uint8Array.from(leb(data.length))],
    [DATA, () => listWith(Uint8Array.of(0), data)],
  ]);
  return wasmOf(sections.map(({ id, content: was }) => ({ id, content: replaced.get(id)?.(was) ?? was })));
}

const bodyThatGives = (value: number): Bytes => Uint8Array.of(0, I32_CONST, ...signedLeb(value), END);
const counter = (value: number): Bytes => Uint8Array.of(I32, MUTABLE, I32_CONST, ...signedLeb(value), END);

/** What is not zero, each stretch with the place where it lies. */
function piecesOf(memory: Bytes): readonly Bytes[] {
  const pieces: Bytes[] = [];
  for (let at = 0; at < memory.length;) {
    if (memory[at] === 0) {
      at++;
      continue;
    }
    let end = at + 1;
    for (let next = end; next < memory.length && next - end < GAP; next++) if (memory[next] !== 0) end = next + 1;
    const place = Uint8Array.of(ACTIVE, I32_CONST, ...signedLeb(at), END, ...leb(end - at));
    pieces.push(joined([place, memory.subarray(at, end)]));
    at = end;
  }
  return pieces;
}
