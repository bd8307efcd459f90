/** What one person's verified letters taught, and whether it helps that person. */
import { evidenceOf, likeness, mix, ruleFor } from './adaptation.ts';
import type { Look } from './adaptation.ts';
import { comparisonOf } from './adaptation-samples.ts';
import type { Sample } from './adaptation-samples.ts';
import type { KnownHands } from './known-hands.ts';

/** A letter that the person verified. label: its index; model: the model's calibrated probabilities for it. */
export type VerifiedLetter = {
  readonly label: number;
  readonly look: Look;
  readonly model: ArrayLike<number>;
};

/**
 * Measured prequentially (Dawid, 1984): each verified letter was first read by what the letters before it had taught,
 * and only then learnt from. Nothing here was ever tested on what it had learnt.
 */
export type AdaptationReport = {
  /** Verified letters, and how many different ones. */
  readonly verified: number;
  readonly letters: number;
  /** Of all that were verified: what the model alone read wrongly, and what it read wrongly with what was learnt. */
  readonly wrongBefore: number;
  readonly wrongAfter: number;
  /** False where, over the newest letters, learning did more harm than good: the model answers alone until it helps again. */
  readonly helps: boolean;
};

export type Learner = {
  /** Reads it, keeps the score, learns it. Letters come in the order in which they were verified. */
  learn(letter: VerifiedLetter): void;
  /** Probabilities by all that was learnt; the model's own where nothing was, or where it does not help. */
  read(look: Look, model: ArrayLike<number>): Float64Array;
  report(): AdaptationReport;
};

/** So many samples of a letter are kept in mind, the newest: hands change, and a phone has to look at each. */
export const SAMPLES_OF_A_LETTER = 20;
/** How many of the newest letters say whether it helps. */
const JUDGED_BY = 50;

/** names: of the letters that the model tells apart, in its order. */
export function createLearner(names: readonly string[], hands: KnownHands): Learner {
  const { sampleOf, unusualBy } = comparisonOf(hands, names);
  let samples: { readonly label: number; readonly sample: Sample }[] = [];
  const trials: { readonly before: boolean; readonly after: boolean }[] = [];

  const mixed = (input: Sample, model: ArrayLike<number>): Float64Array => {
    // Drawings teach drawings, and pictures teach pictures.
    const peers = samples.filter(({ sample }) => (sample.line === null) === (input.line === null));
    const labels = peers.map(({ label }) => label);
    const likenesses = peers.map(({ sample }) => likeness(input.look, sample.look));
    const unusual = unusualBy(
      peers.map(({ sample }) => sample),
      labels,
    );
    return mix(model, evidenceOf(likenesses, labels, unusual(input)), ruleFor(input.look));
  };

  const helps = (): boolean => {
    const recent = trials.slice(-JUDGED_BY);
    return recent.filter(({ after }) => after).length <= recent.filter(({ before }) => before).length;
  };

  return {
    learn({ label, look, model }) {
      const sample = sampleOf(look);
      trials.push({
        before: indexOfLargest(model) !== label,
        after: indexOfLargest(mixed(sample, model)) !== label,
      });
      samples.push({ label, sample });
      const same = samples.filter((one) => one.label === label);
      if (same.length > SAMPLES_OF_A_LETTER) samples = samples.filter((one) => one !== same[0]);
    },
    read: (look, model) => (helps() ? mixed(sampleOf(look), model) : Float64Array.from(model)),
    report: () => ({
      verified: trials.length,
      letters: new Set(samples.map(({ label }) => label)).size,
      wrongBefore: trials.filter(({ before }) => before).length,
      wrongAfter: trials.filter(({ after }) => after).length,
      helps: helps(),
    }),
  };
}

function indexOfLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}
