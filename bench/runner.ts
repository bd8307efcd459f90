import type { ModelInput } from '#glyph/tensor';
import { verdictOn } from '#model/verdict';
import { timed } from './rounds.ts';
import type { Turn } from './rounds.ts';
import { expectedLogits, inputOfGoldens } from './served-package.ts';
import type { PackedFile, ServedPackage } from './served-package.ts';

/** A library with the network in it: pictures in, logits and embedding out, as numbers that the caller may keep. */
export type Runner = { run(input: ModelInput): Promise<{ readonly logits: Float32Array }> };

/** All inputs are made before the clock starts; runs of one letter go through the goldens. */
export function turnOf(runner: Runner, { goldens }: ServedPackage, turn: Turn): Promise<readonly number[]> {
  const different = turn.batch === 1 ? goldens.goldens.length : 1;
  const inputs = Array.from({ length: different }, (_, first) => inputOfGoldens(goldens, first, turn.batch));
  return timed(turn, (call) => {
    const input = inputs[call % inputs.length];
    if (input === undefined) throw new RangeError('there are no goldens');
    return runner.run(input);
  });
}

/**
 * Largest difference of a logit from what the package says that this file gives, over all goldens, one by one and all
 * at once: whoever is fast by computing something else is out.
 */
export async function largestError(runner: Runner, { goldens }: ServedPackage, file: PackedFile): Promise<number> {
  const all = goldens.goldens.length;
  const errorOf = async (first: number, count: number): Promise<number> => {
    const { logits } = await runner.run(inputOfGoldens(goldens, first, count));
    return verdictOn(expectedLogits(goldens, file.name, first, count), logits).largestError;
  };
  let largest = await errorOf(0, all);
  for (let first = 0; first < all; first++) largest = Math.max(largest, await errorOf(first, 1));
  return largest;
}
