import { ModelError } from './error.ts';
import { OPERATORS } from './onnx-operators.ts';
import { addAxis, checkTensor, elementsOf, textIn, unsafe } from './onnx-tensor.ts';
import { eachNumber, fieldsIn } from './onnx-wire.ts';
import type { OnnxField, OnnxSource, Span } from './onnx-wire.ts';

/** Opsets and file versions that ONNX Runtime Web reads and that write these operators with the meaning of today. */
const OPSETS = [11, 21] as const;
const IR_VERSIONS = [4, 10] as const;
/** Nodes and tensors together. The network that Ktav is served with has 250. */
const MOST_PARTS = 20_000;
/** Of all messages together: over ten for each part, and a fraction of a second. */
const MOST_FIELDS = 500_000;
/** Of kernels, paddings, strides: the longest side of a picture that a manifest may name. */
const MOST_IN_A_LIST = 512;

/** What of each message is looked at, by field number, out of onnx.proto; the rest is text. */
const MODEL = { irVersion: 1, graph: 7, opset: 8, training: 20, function: 25 } as const;
const OPSET = { domain: 1, version: 2 } as const;
const GRAPH = { node: 1, tensor: 5, input: 11, output: 12, between: 13, sparse: 15 } as const;
const NODE = { operator: 4, attribute: 5, domain: 7, overload: 8 } as const;
const VALUE = { name: 1, type: 2 } as const;
const TYPE = { tensor: 1, denotation: 6 } as const;
const TENSOR = { shape: 2 } as const;
const SHAPE = { axis: 1 } as const;
const AXIS = { length: 1 } as const;
const ATTRIBUTE = { tensor: 5, list: 8, tensors: 10 } as const;
/** Graphs of control flow, types, references into functions, sparse tensors. */
const NO_ATTRIBUTE = [6, 11, 14, 15, 21, 22, 23];

/**
 * Throws unless the bytes are a whole ONNX model that a backend may be given: 'manifest-invalid' for what is no ONNX,
 * 'model-unsafe' for one with weights outside the file, an operator that is not in OPERATORS, control flow, functions of
 * its own, an opset out of range, or a tensor that is not as large as it says, or absurdly large. Nothing is run, and
 * nothing allocated by a number in the file. What the network makes between its layers is the runtime's to bound.
 */
export function checkOnnx(bytes: Uint8Array): void {
  const source = { bytes, left: MOST_FIELDS };
  let graphs = 0;
  const irVersions: number[] = [];
  const opsets: number[] = [];
  for (const field of fieldsIn(source, { start: 0, end: bytes.length })) {
    if (field.number === MODEL.irVersion) irVersions.push(field.value);
    else if (field.number === MODEL.opset) opsets.push(...opsetsOf(source, message(field)));
    else if (field.number === MODEL.training || field.number === MODEL.function) {
      throw unsafe('brings functions or training of its own');
    } else if (field.number === MODEL.graph) {
      if (++graphs === 1) checkGraph(source, message(field));
    }
    if (irVersions.length + opsets.length > 2) throw unsafe('names more than one opset, or IR version');
  }
  if (graphs !== 1) throw new ModelError('manifest-invalid', 'ONNX file', `has ${graphs} graphs instead of one`);
  checkRange('IR version', irVersions, IR_VERSIONS);
  checkRange('opset', opsets, OPSETS);
}

/** The versions of ONNX's own operators; none where it is of others, which no node may use. */
function opsetsOf(source: OnnxSource, opset: Span): number[] {
  let own = true;
  const versions: number[] = [];
  for (const { number, value, start, end } of fieldsIn(source, opset)) {
    if (number === OPSET.domain) own = isOwn(textIn(source, start, end));
    else if (number === OPSET.version && versions.push(value) > 1) throw unsafe('names one opset twice');
  }
  return own ? versions : [];
}

const isOwn = (domain: string): boolean => domain === '' || domain === 'ai.onnx';

function checkRange(what: string, found: readonly number[], [least, most]: readonly [number, number]): void {
  const [only = 0] = found;
  if (found.length !== 1 || only < least || only > most) {
    throw unsafe(`has ${what} ${found.join(' and ')}, and ${least} to ${most} are read`);
  }
}

function checkGraph(source: OnnxSource, graph: Span): void {
  let parts = 0;
  for (const field of fieldsIn(source, graph)) {
    switch (field.number) {
      case GRAPH.node:
        checkNode(source, message(field));
        break;
      case GRAPH.tensor:
        checkTensor(source, message(field));
        break;
      case GRAPH.input:
      case GRAPH.output:
      case GRAPH.between:
        checkValue(source, message(field));
        break;
      case GRAPH.sparse:
        throw unsafe('has sparse weights, which no backend runs');
    }
    if (++parts > MOST_PARTS) throw unsafe(`has more than ${MOST_PARTS} parts`);
  }
}

function checkNode(source: OnnxSource, node: Span): void {
  const operators: string[] = [];
  const domains: string[] = [];
  let largest = 0;
  for (const field of fieldsIn(source, node)) {
    const { number, start, end } = field;
    if (number === NODE.operator) operators.push(textIn(source, start, end));
    else if (number === NODE.domain) domains.push(textIn(source, start, end));
    else if (number === NODE.attribute) largest = Math.max(largest, largestIn(source, message(field)));
    else if (number === NODE.overload) throw unsafe('calls a function of its own');
    if (operators.length > 1 || domains.length > 1) throw unsafe('has a node with two operators');
  }
  const name = [...domains.filter((domain) => !isOwn(domain)), ...operators].join('.');
  if (!OPERATORS.has(name)) throw unsafe(`uses the operator "${name}", which is not in the list of those that are run`);
  // The list of a constant is data, and as long as it is.
  if (largest > MOST_IN_A_LIST && name !== 'Constant') {
    throw unsafe(`gives ${name} an attribute of ${largest}, and ${MOST_IN_A_LIST} is the most`);
  }
}

/** The largest number in the lists of an attribute that is one of plain numbers, texts or a tensor: -3 counts as 3. */
function largestIn(source: OnnxSource, attribute: Span): number {
  let tensors = 0;
  let largest = 0;
  for (const field of fieldsIn(source, attribute)) {
    const { number } = field;
    if (NO_ATTRIBUTE.includes(number)) throw unsafe('has control flow, or an attribute that no operator here takes');
    if (number === ATTRIBUTE.tensor || number === ATTRIBUTE.tensors) {
      checkTensor(source, message(field));
      if (++tensors > 1) throw unsafe('has an attribute with two tensors');
    } else if (number === ATTRIBUTE.list) {
      eachNumber(source, field, (value) => {
        largest = Math.max(largest, value < 2 ** 63 ? value : 2 ** 64 - value);
      });
    }
  }
  return largest;
}

/** An input, an output, or what lies between: a tensor, and no larger than a device can hold. */
function checkValue(source: OnnxSource, value: Span): void {
  const dims: number[] = [];
  let name = '';
  for (const field of fieldsIn(source, value)) {
    if (field.number === VALUE.name) name = textIn(source, field.start, field.end);
    else if (field.number === VALUE.type) {
      for (const type of fieldsIn(source, message(field))) {
        if (type.number === TYPE.tensor) {
          for (const length of lengthsIn(source, message(type))) addAxis(dims, length, name);
        } else if (type.number !== TYPE.denotation) throw unsafe(`has a "${name}" that is no tensor`);
      }
    }
  }
  elementsOf(dims, name);
}

/** Of each axis that has a length; one with a name counts as 1. */
function* lengthsIn(source: OnnxSource, tensor: Span): Generator<number> {
  for (const shape of fieldsIn(source, tensor)) {
    if (shape.number !== TENSOR.shape) continue;
    for (const axis of fieldsIn(source, message(shape))) {
      if (axis.number !== SHAPE.axis) continue;
      for (const { number, value } of fieldsIn(source, message(axis))) if (number === AXIS.length) yield value;
    }
  }
}

/** A part that is a message of its own. */
function message(field: OnnxField): Span {
  if (field.wire !== 2) throw new ModelError('manifest-invalid', 'ONNX file', 'has a number where a part belongs');
  return field;
}
