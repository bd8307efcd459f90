import { LINE_CUE_LENGTH } from '#glyph/spec';
import type { ModelInput } from '#glyph/tensor';
import { EngineError } from '#inference/engine-error';
import type { ModelGraph, ModelOutput, Session } from './backend.ts';
import { withAnyBatch } from './batch-axis.ts';
import { createTurns } from './in-turn.ts';
import { runOnnx } from './onnx-session.ts';
import { withReluApart } from './relu-apart.ts';
import { takeCompiled } from './webgl-ahead.ts';
import { startWebgl, WEBGL_SETTINGS } from './webgl-start.ts';

/** Throws EngineError 'webgl-unavailable', before the runtime is fetched. */
export function assertWebglAvailable(): void {
  if (typeof OffscreenCanvas === 'undefined') {
    throw new EngineError('webgl-unavailable', 'this browser has no canvas in workers');
  }
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  if (context === null) throw new EngineError('webgl-unavailable', 'this browser gives workers no WebGL');
  // A device has few contexts to give (16 in Chromium): this one made its point.
  context.getExtension('WEBGL_lose_context')?.loseContext();
}

/** One for all sessions: two versions of a model may stand side by side for a while, on one graphics context. */
const inTurn = createTurns();

/**
 * Needs float32 weights and no .wasm. onLost is called once when the graphics context goes away, which happens
 * between runs as well.
 */
export async function openWebgl(graph: ModelGraph, onLost: (error: EngineError) => void): Promise<Session> {
  const ort = await startWebgl();
  const model = withReluApart(withAnyBatch(graph.bytes));
  const compiled = await takeCompiled(ort, model);
  const session = compiled?.session ?? (await ort.InferenceSession.create(model, WEBGL_SETTINGS));
  const context = ort.env.webgl.context;
  const lost = (): EngineError => new EngineError('context-lost', 'the graphics context was lost');
  let disposed = false;
  // The canvas is the runtime's own, off screen; TypeScript's library for workers does not know the way to it.
  const canvas: unknown = 'canvas' in context ? context.canvas : null;
  if (canvas instanceof EventTarget) {
    canvas.addEventListener('webglcontextlost', () => {
      if (!disposed) onLost(lost());
    });
  }
  return {
    backend: 'webgl',
    // The session keeps to the batch size of its first run: one glyph a run, always.
    run: (input) =>
      inTurn(async () => {
        const outputs: ModelOutput[] = [];
        for (const row of rowsOf(input, graph.size)) {
          const output = await runOnnx(ort, session, graph, row, compiled?.weights);
          // A lost context throws nothing: it reads back zeros.
          if (context.isContextLost()) throw lost();
          outputs.push(output);
        }
        return joined(outputs);
      }),
    dispose: () =>
      inTurn(async () => {
        disposed = true;
        await session.release();
      }),
  };
}

function* rowsOf({ count, picture, line }: ModelInput, size: number): Generator<ModelInput> {
  const area = size * size;
  for (let n = 0; n < count; n++) {
    yield {
      count: 1,
      picture: picture.subarray(n * area, (n + 1) * area),
      line: line.subarray(n * LINE_CUE_LENGTH, (n + 1) * LINE_CUE_LENGTH),
    };
  }
}

function joined(outputs: readonly ModelOutput[]): ModelOutput {
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return only;
  const hasEmbedding = outputs.every((output) => output.embedding !== null);
  return {
    logits: concatenated(outputs.map((output) => output.logits)),
    embedding: hasEmbedding ? concatenated(outputs.flatMap((output) => output.embedding ?? [])) : null,
  };
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
