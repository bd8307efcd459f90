import type { Span } from '#model/onnx-wire';
import { bytesOf, concatenated, fieldsOf, lengthDelimited, reach, textOf, wholeOf } from './onnx-bytes.ts';

/** Field numbers of onnx.proto. */
const MODEL = { graph: 7 } as const;
const GRAPH = { node: 1, initializer: 5 } as const;
const NODE = { input: 1, output: 2, opType: 4 } as const;
const TENSOR = { name: 8, rawData: 9 } as const;

/** What ONNX Runtime's WebGL backend makes part of the convolution before it. */
const joinable: ReadonlySet<string> = new Set(['Relu', 'Clip', 'Sigmoid']);

type Node = Span & {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
};

/**
 * The same model, for WebGL, with ReLU kept apart from convolutions where it must not be made part of them.
 *
 * The backend joins an activation to the convolution before it, and keeps compiled programs by name and shapes, but
 * not by activation: ConvDotProduct's description says cacheKey where cacheHint is read (ONNX Runtime Web 1.30,
 * conv-dotproduct.ts). Of two convolutions with equal shapes, one with ReLU and one without, both run the program that
 * was compiled first, which is what every residual network has: logits were off by 10. A leaky ReLU without a leak is
 * the same function and is not joined. Only the ReLU of convolutions whose weights are as large as those of one with
 * another activation, or with none, is changed; the bytes come back as they are where there is none.
 * Throws ModelError 'manifest-invalid' for bytes that are no ONNX model.
 */
export function withReluApart(model: Uint8Array): Uint8Array {
  const [graph] = reach(model, wholeOf(model), [MODEL.graph]);
  if (graph === undefined) return model;
  const apart = reluToKeepApart(model, graph);
  if (apart.size === 0) return model;
  return rewritten(model, wholeOf(model), (field) =>
    field.number !== MODEL.graph
      ? null
      : rewritten(model, field, (inner) =>
          inner.number === GRAPH.node && apart.has(inner.start) ? leaky(model, inner) : null,
        ),
  );
}

/** Where the nodes begin. */
function reluToKeepApart(model: Uint8Array, graph: Span): ReadonlySet<number> {
  const nodes = fieldsOf(model, graph)
    .filter(({ number }) => number === GRAPH.node)
    .map((span) => nodeOf(model, span));
  const sizes = weightSizes(model, graph);
  const convolutions = nodes
    .filter(({ op }) => op === 'Conv')
    .map(({ inputs, outputs }) => {
      const readers = nodes.filter((node) => node.inputs.some((name) => outputs.includes(name)));
      const [reader] = readers;
      const joined = readers.length === 1 && reader !== undefined && joinable.has(reader.op) ? reader : null;
      // Equal shapes have equal sizes. Weights that are not raw bytes count as one size: better apart than wrong.
      return { size: sizes.get(inputs[1] ?? '') ?? 0, joined };
    });
  return new Set(
    convolutions.flatMap(({ size, joined }) =>
      joined?.op === 'Relu' && convolutions.some((other) => other.size === size && other.joined?.op !== 'Relu')
        ? [joined.start]
        : [],
    ),
  );
}

function nodeOf(model: Uint8Array, span: Span): Node {
  const texts = (path: number): readonly string[] => reach(model, span, [path]).map((text) => textOf(model, text));
  const { start, end } = span;
  return { start, end, op: texts(NODE.opType)[0] ?? '', inputs: texts(NODE.input), outputs: texts(NODE.output) };
}

/** Bytes of the weights, by name. */
function weightSizes(model: Uint8Array, graph: Span): ReadonlyMap<string, number> {
  return new Map(
    reach(model, graph, [GRAPH.initializer]).map((tensor) => {
      const [name] = reach(model, tensor, [TENSOR.name]);
      const [data] = reach(model, tensor, [TENSOR.rawData]);
      return [name === undefined ? '' : textOf(model, name), data === undefined ? 0 : data.end - data.start];
    }),
  );
}

/** The content of a message, with those fields changed for which change() gives another content. */
function rewritten(
  model: Uint8Array,
  message: Span,
  change: (field: ReturnType<typeof fieldsOf>[number]) => Uint8Array | null,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let done = message.start;
  for (const field of fieldsOf(model, message)) {
    const content = change(field);
    if (content === null) continue;
    parts.push(model.subarray(done, field.from), lengthDelimited(field.number, content));
    done = field.end;
  }
  return concatenated([...parts, model.subarray(done, message.end)]);
}

/** The node, with another operator, and its one attribute: alpha (float32, attribute type 1), 0. */
function leaky(model: Uint8Array, node: Span): Uint8Array {
  const alpha = Uint8Array.of(...lengthDelimited(1, bytesOf('alpha')), (2 << 3) | 5, 0, 0, 0, 0, 0xa0, 0x01, 1);
  const renamed = rewritten(model, node, ({ number }) => (number === NODE.opType ? bytesOf('LeakyRelu') : null));
  return concatenated([renamed, lengthDelimited(5, alpha)]);
}
