import type { OnnxGraph, OnnxNode, Weights } from './graph.ts';

/** One step of the network. relu: done in the same step, as a converter for TF.js would fuse it. */
export type Step = { readonly output: string; readonly relu: boolean } & (
  | {
      readonly kind: 'conv';
      readonly input: string;
      readonly weights: Weights;
      readonly bias: Weights;
      readonly stride: number;
      readonly pad: number;
    }
  | { readonly kind: 'dense'; readonly input: string; readonly weights: Weights; readonly bias: Weights }
  | { readonly kind: 'add'; readonly left: string; readonly right: string }
  | { readonly kind: 'mean'; readonly input: string }
);

/**
 * The steps in the order of the file, with each ReLU that follows a step alone made part of it.
 * Throws RangeError for an operator, or a use of one, that the comparison does not know: better none than a wrong one.
 */
export function planOf({ nodes, weights, outputs }: OnnxGraph): readonly Step[] {
  const steps: Step[] = [];
  const uses = (name: string): number =>
    nodes.filter(({ inputs }) => inputs.includes(name)).length + (outputs.includes(name) ? 1 : 0);
  const named = (name: string | undefined): Weights => {
    const found = name === undefined ? undefined : weights.get(name);
    if (found === undefined) throw new RangeError(`"${name}" is no weights of the file`);
    return found;
  };
  /** Names for one and the same value: flattening a mean changes nothing that the other library would notice. */
  const alias = new Map<string, string>();
  const input = (node: OnnxNode, place: number): string => {
    const name = node.inputs[place] ?? '';
    return alias.get(name) ?? name;
  };

  for (const node of nodes) {
    const output = node.outputs[0] ?? '';
    switch (node.op) {
      case 'Conv':
        steps.push({
          kind: 'conv',
          input: input(node, 0),
          weights: named(node.inputs[1]),
          bias: named(node.inputs[2]),
          stride: same(node, 'strides', 1),
          pad: same(node, 'pads', 0),
          output,
          relu: false,
        });
        break;
      case 'Gemm':
        if (same(node, 'transB', 0) !== 1) throw new RangeError('Gemm without transB');
        steps.push({
          kind: 'dense',
          input: input(node, 0),
          weights: named(node.inputs[1]),
          bias: named(node.inputs[2]),
          output,
          relu: false,
        });
        break;
      case 'Add':
        steps.push({ kind: 'add', left: input(node, 0), right: input(node, 1), output, relu: false });
        break;
      case 'GlobalAveragePool':
        steps.push({ kind: 'mean', input: input(node, 0), output, relu: false });
        break;
      case 'Flatten':
        if (steps.at(-1)?.kind !== 'mean') throw new RangeError('Flatten after something else than a mean');
        alias.set(output, input(node, 0));
        break;
      case 'Relu': {
        const last = steps.at(-1);
        const before = input(node, 0);
        if (last === undefined || last.output !== before || uses(before) !== 1) {
          throw new RangeError(`Relu of "${before}" cannot be joined to the step before it`);
        }
        steps[steps.length - 1] = { ...last, output, relu: true };
        break;
      }
      default:
        throw new RangeError(`the operator ${node.op}`);
    }
  }
  return steps;
}

/** The one value that all numbers of an attribute share. */
function same({ op, attributes }: OnnxNode, name: string, otherwise: number): number {
  const values = attributes.get(name) ?? [otherwise];
  const [first = otherwise] = values;
  if (values.some((value) => value !== first)) throw new RangeError(`${op} with ${name} ${values.join(' ')}`);
  return first;
}
