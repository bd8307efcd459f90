/**
 * Pure: a WebAssembly binary as far as trimming it needs: its sections, and the bodies of its functions.
 * https://webassembly.github.io/spec/core/binary/modules.html
 */

type Bytes = Uint8Array<ArrayBufferLike>;

/** Sections by the numbers that the format gives them. */
export const IMPORTS = 2;
export const GLOBALS = 6;
export const EXPORTS = 7;
export const START = 8;
export const CODE = 10;
export const DATA = 11;
export const DATA_COUNT = 12;

/** Of exports and imports. */
export const FUNCTION_KIND = 0;
export const GLOBAL_KIND = 3;

/** Of globals: their type, whether they change, and the instructions that give their first value. */
export const I32 = 0x7f;
export const MUTABLE = 1;
export const I32_CONST = 0x41;
export const END = 0x0b;

/** content: without the number and the length in front of it. */
export type Section = { readonly id: number; readonly content: Bytes };

const HEAD = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Throws where the bytes are no WebAssembly, or end in the middle of a section. */
export function sectionsOf(wasm: Bytes): readonly Section[] {
  if (wasm.length < HEAD.length || HEAD.some((byte, i) => wasm[i] !== byte)) throw new Error('this is no WebAssembly');
  const reader = readerOf(wasm, HEAD.length);
  const sections: Section[] = [];
  while (reader.at() < wasm.length) sections.push({ id: reader.byte(), content: reader.bytes(reader.number()) });
  return sections;
}

export const wasmOf = (sections: readonly Section[]): Bytes =>
  joined([HEAD, ...sections.flatMap(({ id, content }) => [Uint8Array.of(id, ...leb(content.length)), content])]);

/** The module with one section made anew out of what it was. Throws where it has no such section. */
export function withSection(sections: readonly Section[], id: number, remade: (content: Bytes) => Bytes): Section[] {
  if (!sections.some((section) => section.id === id)) throw new Error(`the module has no section ${id}`);
  return sections.map((section) => (section.id === id ? { id, content: remade(section.content) } : section));
}

/** The functions that the module itself has, in order; what it imports comes before them in its count of functions. */
export function bodiesOf(code: Bytes): readonly Bytes[] {
  const reader = readerOf(code);
  return Array.from({ length: reader.number() }, () => reader.bytes(reader.number()));
}

export const codeOf = (bodies: readonly Bytes[]): Bytes =>
  listOf(bodies.map((body) => joined([Uint8Array.from(leb(body.length)), body])));

/** Where the instructions of a body begin, behind its local variables. */
export function startOf(body: Bytes): number {
  const reader = readerOf(body);
  for (let groups = reader.number(); groups > 0; groups--) {
    reader.number();
    reader.byte();
  }
  return reader.at();
}

/** A list as the format has it, with its entries as bytes: how many, and one after the other. */
const listOf = (entries: readonly Bytes[]): Bytes => joined([Uint8Array.from(leb(entries.length)), ...entries]);

/** A list with more entries at its end. */
export function listWith(list: Bytes, more: readonly Bytes[]): Bytes {
  const reader = readerOf(list);
  const count = reader.number();
  return joined([Uint8Array.from(leb(count + more.length)), list.subarray(reader.at()), ...more]);
}

export function countOf(list: Bytes): number {
  return readerOf(list).number();
}

/** How many of the imports are of that kind: 0 functions, 3 globals. Throws for kinds that it does not know. */
export function importsOf(content: Bytes, kind: number): number {
  const reader = readerOf(content);
  let found = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.bytes(reader.number());
    reader.bytes(reader.number());
    const own = reader.byte();
    if (own === kind) found++;
    if (own === 0) reader.number();
    else if (own === 2) limits(reader);
    else if (own === 3) reader.bytes(2);
    else throw new Error(`an import of the unknown kind ${own}`);
  }
  return found;
}

export type Export = { readonly name: string; readonly kind: number; readonly number: number };

/** What the module gives to the world outside: kind 0 is a function, by its number in the count of all functions. */
export function exportsOf(content: Bytes): readonly Export[] {
  const reader = readerOf(content);
  return Array.from({ length: reader.number() }, () => {
    const name = new TextDecoder().decode(reader.bytes(reader.number()));
    return { name, kind: reader.byte(), number: reader.number() };
  });
}

/** Whether all globals of the module are numbers of 32 bits that change: type, mutability, and a constant to begin with. */
export function areCounters(globals: Bytes): boolean {
  const reader = readerOf(globals);
  for (let left = reader.number(); left > 0; left--) {
    if (reader.byte() !== 0x7f || reader.byte() !== 1 || reader.byte() !== 0x41) return false;
    reader.number();
    if (reader.byte() !== 0x0b) return false;
  }
  return true;
}

function limits(reader: Reader): void {
  const flags = reader.number();
  reader.number();
  if ((flags & 1) === 1) reader.number();
}

/** Unsigned LEB128. */
export function leb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** Signed LEB128 of a number of 32 bits. */
export function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value | 0; ; rest >>= 7) {
    const isLast = rest >= -0x40 && rest < 0x40;
    bytes.push(isLast ? rest & 0x7f : (rest & 0x7f) | 0x80);
    if (isLast) return bytes;
  }
}

export const joined = (parts: readonly Bytes[]): Bytes => new Uint8Array(Buffer.concat(parts));

type Reader = ReturnType<typeof readerOf>;

function readerOf(from: Bytes, start = 0) {
  let at = start;
  const byte = (): number => {
    const value = from[at++];
    if (value === undefined) throw new Error('the WebAssembly ends too early');
    return value;
  };
  return {
    at: () => at,
    byte,
    number(): number {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const next = byte();
        value += (next & 0x7f) * factor;
        if (next < 0x80) return value;
      }
    },
    bytes(length: number): Bytes {
      if (at + length > from.length) throw new Error('the WebAssembly ends too early');
      at += length;
      return from.subarray(at - length, at);
    },
  };
}
