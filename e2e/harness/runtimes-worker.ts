import type { ModelGraph } from '#inference/backends/backend';
import { openWasm } from '#inference/backends/wasm';
import type { WasmStart } from '#inference/backends/wasm-reserve';
import { lendOpened } from '#inference/backends/wasm-runtimes';
import { readGoldens } from '#model/goldens';
import type { Goldens } from '#model/goldens';
import { fileFor, readManifest } from '#model/manifest';
import { openedModel, openedUrl } from 'virtual:trimmed-runtime';
import { expandPacked } from '#model/packed';
import { batches } from '../../scripts/trim-runtime/inputs.ts';
import type { RuntimeOutputs, RuntimesOrder, RuntimesReply } from './runtimes-order.ts';

/** A model put through two WASM runtimes, by the app's own backend: all that the small one was watched at. */
async function compare({ manifest: address, small }: RuntimesOrder): Promise<RuntimesReply> {
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(new URL(path, address));
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return response;
  };
  const manifest = readManifest(await (await get('')).json());
  const goldens = readGoldens(await (await get(manifest.goldens.path)).json(), manifest);
  const file = fileFor(manifest, 'wasm');
  if (file === null) throw new Error('the model has no file for WASM');
  if (small === 'opened') {
    if (openedUrl === null || file.sha256 !== openedModel) throw new Error('it is not this model that is open');
    const opened = await get(new URL(openedUrl, self.location.href).href);
    lendOpened(WebAssembly.compile(await opened.arrayBuffer()));
  }
  const bytes = new Uint8Array(await (await get(file.path)).arrayBuffer());
  const { inputs, outputs, preprocess } = manifest;
  const graph: ModelGraph = {
    bytes: file.role === 'packed' ? expandPacked(bytes, file.expanded.bytes) : bytes,
    size: preprocess.size,
    inputs: { picture: inputs.picture.name, line: inputs.line?.name ?? null },
    outputs: { logits: outputs.logits.name, embedding: outputs.embedding?.name ?? null },
  };
  return {
    goldens: goldens.goldens.length,
    small: await outputsOf(small, graph, goldens),
    full: await outputsOf('full', graph, goldens),
  };
}

async function outputsOf(runtime: WasmStart, graph: ModelGraph, goldens: Goldens): Promise<RuntimeOutputs> {
  const session = await openWasm(graph, runtime, () => undefined);
  const parts = new Map<number, Float32Array[]>();
  for (const input of batches(goldens.goldens, graph.size)) {
    const { logits, embedding } = await session.run(input);
    const part = parts.get(input.count) ?? [];
    parts.set(input.count, part);
    part.push(logits, embedding ?? new Float32Array(0));
  }
  const digests: Record<number, string> = {};
  for (const [count, part] of parts) digests[count] = await digestOf(part);
  const endedOn = session.runtime?.();
  await session.dispose();
  return { digests, endedOn };
}

async function digestOf(parts: readonly Float32Array[]): Promise<string> {
  // Which of the many NaNs comes out, WebAssembly leaves to the engine and to the tier that it compiled with.
  const values = Float32Array.from(
    parts.flatMap((part) => [...part]),
    (value) => (Number.isNaN(value) ? Number.NaN : value),
  );
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', values));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

self.addEventListener('message', ({ data }: MessageEvent<RuntimesOrder>) => {
  const say = (reply: RuntimesReply): void => self.postMessage(reply, { transfer: [] });
  compare(data).then(say, (error: unknown) => say({ error: String(error) }));
});
