/** Pure: a copy of a WebAssembly module whose functions note that they were called, and one without those that were not. */
import {
  bodiesOf,
  CODE,
  codeOf,
  countOf,
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
  startOf,
  wasmOf,
  withSection,
} from './wasm-code.ts';
import type { Section } from './wasm-code.ts';

type Bytes = Uint8Array<ArrayBufferLike>;

const GLOBAL_SET = 0x24;
const UNREACHABLE = 0x00;
const CUSTOM = 0;

/** Before the number of a function: the name of the global that says whether it was called. */
const CALLED = 'called:';

/**
 * Every function of the module first sets a global of its own to 1. It is exported: what was called can be read from
 * outside at any time, and nothing that the program sees is touched.
 */
export function instrumented(wasm: Bytes): Bytes {
  const sections = sectionsOf(wasm);
  const contentOf = (id: number): Bytes => contentIn(sections, id);
  const first = importsOf(contentOf(IMPORTS), GLOBAL_KIND) + countOf(contentOf(GLOBALS));
  const count = countOf(contentOf(CODE));
  const each = <T>(make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

  const globals = each(() => Uint8Array.of(I32, MUTABLE, I32_CONST, 0, END));
  const names = each((n) => {
    const name = new TextEncoder().encode(`${CALLED}${n}`);
    return Uint8Array.of(...leb(name.length), ...name, GLOBAL_KIND, ...leb(first + n));
  });
  const note = (body: Bytes, n: number): Bytes => {
    const start = startOf(body);
    const noting = Uint8Array.of(I32_CONST, 1, GLOBAL_SET, ...leb(first + n));
    return joined([body.subarray(0, start), noting, body.subarray(start)]);
  };
  const withGlobals = withSection(sections, GLOBALS, (list) => listWith(list, globals));
  const withExports = withSection(withGlobals, EXPORTS, (list) => listWith(list, names));
  return wasmOf(withSection(withExports, CODE, (code) => codeOf(bodiesOf(code).map(note))));
}

/** Which functions of an instrumented module were called since it was started, by their place among its own functions. */
export function calledOf(exports: Readonly<Record<string, unknown>>): readonly number[] {
  const called: number[] = [];
  for (const [name, value] of Object.entries(exports)) {
    if (name.startsWith(CALLED) && value instanceof WebAssembly.Global && value.value === 1) {
      called.push(Number(name.slice(CALLED.length)));
    }
  }
  return called;
}

/**
 * The module with every other function replaced by a trap. Numbers of functions, memory and data stay as they are, so
 * that a program either runs exactly as before, or stops with a WebAssembly.RuntimeError at the first missing function.
 */
export function trimmed(wasm: Bytes, keeps: ReadonlySet<number>): Bytes {
  const trap = Uint8Array.of(0, UNREACHABLE, END);
  const cut = (code: Bytes): Bytes => codeOf(bodiesOf(code).map((body, n) => (keeps.has(n) ? body : trap)));
  return wasmOf(withSection(sectionsOf(wasm), CODE, cut));
}

/** The functions that the world outside calls by name, by their place among the module's own. */
export function exportedOf(wasm: Bytes): readonly number[] {
  const sections = sectionsOf(wasm);
  const imported = importsOf(contentIn(sections, IMPORTS), FUNCTION_KIND);
  return exportsOf(contentIn(sections, EXPORTS))
    .filter(({ kind, number }) => kind === FUNCTION_KIND && number >= imported)
    .map(({ number }) => number - imported);
}

/** The functions whose bodies have fewer bytes than that. */
export function smallerThan(wasm: Bytes, bytes: number): readonly number[] {
  const sizes = bodiesOf(contentIn(sectionsOf(wasm), CODE)).map((body) => body.length);
  return sizes.flatMap((size, n) => (size < bytes ? [n] : []));
}

/** The module with a text at its end, for whoever looks into it; it changes nothing of what it does. */
export function withNote(wasm: Bytes, name: string, text: string): Bytes {
  const [head, body] = [name, text].map((words) => new TextEncoder().encode(words)) as [Bytes, Bytes];
  const content = joined([Uint8Array.from(leb(head.length)), head, body]);
  return wasmOf([...sectionsOf(wasm), { id: CUSTOM, content }]);
}

/** An empty list where there is no such section. */
const contentIn = (sections: readonly Section[], id: number): Bytes =>
  sections.find((section) => section.id === id)?.content ?? Uint8Array.of(0);
