import { fieldsOf, wholeNumbers } from './wire.ts';

/** Weights as they stand in the file. */
export type Weights = { readonly dims: readonly number[]; readonly data: Float32Array };

export type OnnxNode = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers alone, a single one as a list of one; the other kinds do not occur in what is compared. */
  readonly attributes: ReadonlyMap<string, readonly number[]>;
};

export type OnnxGraph = {
  readonly nodes: readonly OnnxNode[];
  readonly weights: ReadonlyMap<string, Weights>;
  readonly outputs: readonly string[];
};

const FLOAT = 1;

/**
 * Reads an fp32 ONNX file: enough of it to build the same network in another library, out of the file's own weights.
 * Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Throws RangeError for what it cannot read.
 */
export function readOnnx(bytes: Uint8Array): OnnxGraph {
  for (const { number, bytes: graph } of fieldsOf(bytes)) if (number === 7) return readGraph(graph);
  throw new RangeError('the file has no graph');
}

function readGraph(bytes: Uint8Array): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const weights = new Map<string, Weights>();
  const outputs: string[] = [];
  for (const { number, bytes: part } of fieldsOf(bytes)) {
    if (number === 1) nodes.push(readNode(part));
    else if (number === 5) weights.set(...readTensor(part));
    else if (number === 12) outputs.push(nameOfValue(part));
  }
  return { nodes, weights, outputs };
}

function readNode(bytes: Uint8Array): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, readonly number[]>();
  let op = '';
  for (const { number, bytes: part } of fieldsOf(bytes)) {
    if (number === 1) inputs.push(textOf(part));
    else if (number === 2) outputs.push(textOf(part));
    else if (number === 4) op = textOf(part);
    else if (number === 5) attributes.set(...readAttribute(part));
  }
  return { op, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array): [string, readonly number[]] {
  let name = '';
  const values: number[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) name = textOf(field.bytes);
    else if (field.number === 3 || field.number === 8) values.push(...wholeNumbers(field));
  }
  return [name, values];
}

function readTensor(bytes: Uint8Array): [string, Weights] {
  let name = '';
  let type = 0;
  const dims: number[] = [];
  let raw: Uint8Array | null = null;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) dims.push(...wholeNumbers(field));
    else if (field.number === 2) type = field.value;
    else if (field.number === 8) name = textOf(field.bytes);
    else if (field.number === 9) raw = field.bytes;
  }
  const size = dims.reduce((product, dim) => product * dim, 1);
  if (type !== FLOAT || raw === null || raw.length !== size * 4) {
    throw new RangeError(`weights "${name}" are not ${size} raw float32`);
  }
  // A copy: float32 must begin at a multiple of four bytes.
  return [name, { dims, data: new Float32Array(raw.slice().buffer) }];
}

function nameOfValue(bytes: Uint8Array): string {
  for (const { number, bytes: part } of fieldsOf(bytes)) if (number === 1) return textOf(part);
  throw new RangeError('an output has no name');
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
