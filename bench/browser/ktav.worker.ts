import { openWasm } from '#inference/backends/wasm';
import { openWebgl } from '#inference/backends/webgl';
import { runLane } from './lane.ts';

/** The network as the app runs it: by the app's own backends. */
runLane(async (lane, served) => {
  const { inputs, outputs, preprocess } = served.manifest;
  const graph = {
    bytes: served[lane.file].onnx,
    size: preprocess.size,
    inputs: { picture: inputs.picture.name, line: inputs.line?.name ?? null },
    outputs: { logits: outputs.logits.name, embedding: outputs.embedding?.name ?? null },
  };
  return lane.backend === 'wasm'
    ? openWasm(graph, 'full', () => undefined)
    : openWebgl(graph, (error) => {
        throw error;
      });
});
