import type { LoadedModel } from '#model/loaded';
import { fileFor } from '#model/manifest';
import type { Manifest, ModelFile } from '#model/manifest';
import type { Backend } from './answer.ts';
import type { ModelGraph, Session } from './backends/backend.ts';
import { openWasm } from './backends/wasm.ts';
import type { SmallRuntime, WasmStart } from './backends/wasm-reserve.ts';
import { startWasm } from './backends/wasm-runtimes.ts';
import { assertWebglAvailable, openWebgl } from './backends/webgl.ts';
import { startWebgl } from './backends/webgl-start.ts';
import { openWebgpu } from './backends/webgpu.ts';
import type { StartPlan } from './choice.ts';
import { EngineError } from './engine-error.ts';
import type { Opener } from './lineup.ts';
import type { TrimmedTrust } from './trimmed-trust.ts';

/** Milliseconds from WebGL's last byte to WASM's first, at the most. */
const LONGEST = 3000;

/**
 * How each backend comes to life with this model.
 * On a first visit WASM waits until WebGL answers, or never will (webglIsThrough): side by side on a thin line, 0.85 MB
 * of runtime would hold up the 0.3 MB that WebGL needs for its first answer. Not longer than LONGEST once WebGL has its
 * bytes: a graphics driver that thinks for seconds is no reason to leave the line idle.
 * runtimeFailure: why a runtime file could not be had, which the runtime itself does not tell.
 */
export function createOpeners(
  signal: AbortSignal,
  model: LoadedModel,
  plan: StartPlan,
  runtimeFailure: () => EngineError | null,
  webglIsThrough: Promise<void>,
  trimmed: TrimmedTrust,
): Readonly<Record<Backend, Opener>> {
  const graph = async (backend: Backend): Promise<ModelGraph> =>
    graphOf(model.manifest, await model.bytesOf(signal, requireFile(model.manifest, backend).name));
  const line = plan.together.includes('webgl') ? createGate() : null;
  void webglIsThrough.then(line?.open);

  const webgl: Opener = async (onLost) => {
    const ready = async (): Promise<ModelGraph> => {
      assertWebglAvailable();
      const [bytes] = await Promise.all([graph('webgl'), startWebgl()]);
      return bytes;
    };
    return openWebgl(await ready().finally(() => setTimeout(() => line?.open(), LONGEST)), onLost);
  };

  const named = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw runtimeFailure() ?? error;
    });

  const openOnWasm = async (): Promise<Session> => {
    const runtime = trimmed.runtimeFor(requireFile(model.manifest, 'wasm').sha256);
    // How it ends is told where it is opened.
    startWasm(runtime).catch(() => undefined);
    const refuse = (small: SmallRuntime): void => {
      // Without the file there was nothing that could have trapped.
      if (small === 'opened' || runtimeFailure() === null) trimmed.refuse(small);
    };
    return openWasm(await graph('wasm'), runtime, refuse);
  };

  const wasm: Opener = async () => {
    await line?.opened;
    const session = await named(openOnWasm());
    return { ...session, run: (input) => named(session.run(input)) };
  };

  const webgpu: Opener = (onLost) => named(openWebgpu(() => graph('webgpu'), onLost));
  return { wasm, webgl, webgpu };
}

/** Whatever the plan begins with is fetched before the catalog is read; how that ends is told where it is used. */
export function headStart(plan: StartPlan, runtime: WasmStart): void {
  const first: Promise<unknown> | null =
    plan.together[0] === 'webgl' ? startWebgl() : plan.together[0] === 'wasm' ? startWasm(runtime) : null;
  first?.catch(() => undefined);
}

/** The file that a backend runs. Throws EngineError 'no-backend' where the model brings none for it. */
export function requireFile(manifest: Manifest, backend: Backend): ModelFile {
  const file = fileFor(manifest, backend);
  if (file === null) throw new EngineError('no-backend', `the model has no file for ${backend}`);
  return file;
}

function graphOf({ inputs, outputs, preprocess }: Manifest, bytes: Uint8Array): ModelGraph {
  return {
    bytes,
    size: preprocess.size,
    inputs: { picture: inputs.picture.name, line: inputs.line?.name ?? null },
    outputs: { logits: outputs.logits.name, embedding: outputs.embedding?.name ?? null },
  };
}

/** A door that is opened once and stays open. */
export function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
