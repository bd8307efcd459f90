/** What lies in which file of the build, for the part that every visit loads. Plain values of Rolldown's in and out. */

/** The part of Rolldown's module information that is used here. */
export type ModuleGraph = (
  id: string,
) => { readonly importedIds: readonly string[]; readonly dynamicallyImportedIds: readonly string[] } | null;

/**
 * Three files instead of a dozen: on HTTP/1.1 each costs a place among six connections, and 150 ms on a thin line.
 * start: what main.tsx needs to set the engine's thread going. react: the libraries that reactRoot names, which are run
 * by tasks of their own, also those that it asks for later. page: the first screen, which comes after.
 * main.tsx itself stays apart: its file names the build (src/app/updates-edge.ts).
 */
export function firstChunkOf(
  graph: ModuleGraph,
  main: string,
  reactRoot: string,
  mount: string,
): (id: string) => string | null {
  const start = closureOf(graph, main);
  const react = closureOf(graph, reactRoot, ...(graph(reactRoot)?.dynamicallyImportedIds ?? []));
  const page = closureOf(graph, mount);
  return (id) => {
    if (id === main) return null;
    return start.has(id) ? 'start' : react.has(id) ? 'react' : page.has(id) ? 'page' : null;
  };
}

/** Modules and all that they import statically, however far. Empty where the build has no such module. */
function closureOf(graph: ModuleGraph, ...roots: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const module = found.has(id) ? null : graph(id);
    if (module === null) continue;
    found.add(id);
    waiting.push(...module.importedIds);
  }
  return found;
}
