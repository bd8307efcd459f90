import { LINE_CUE_LENGTH } from '#glyph/spec';
import type { ModelInput } from '#glyph/tensor';
import { pictureOf } from '#model/goldens';
import type { Golden, Goldens } from '#model/goldens';
import type { Session } from './backends/backend.ts';
import { judge } from './self-test.ts';
import type { GoldenRun, SelfTest } from './self-test.ts';

/** Milliseconds: a device so slow that all goldens take longer than this has proved enough with the fewest. */
const PATIENCE = 150;
const FEWEST = 2;

/**
 * Runs the goldens one by one, as letters come, and judges what came out. Every golden passes through every layer,
 * so that a slow device (software WebGL: 54 to 85 ms each) need not run all of them before it may answer; what a graphics card
 * does wrong shows in any of them, since a logit may be off by 1e-5 at the most.
 * file: the name of the model file that the session runs. Throws what the session throws.
 */
export async function testOnGoldens(
  session: Session,
  goldens: Goldens,
  file: string,
  now: () => number,
): Promise<SelfTest> {
  const runs: GoldenRun[] = [];
  const start = now();
  for (const golden of goldens.goldens) {
    if (runs.length >= FEWEST && now() - start > PATIENCE) break;
    const input = inputOf(golden);
    const before = now();
    const { logits } = await session.run(input);
    const milliseconds = now() - before;
    runs.push({ label: golden.label, expected: golden.expected[file]?.logits ?? [], actual: logits, milliseconds });
  }
  // A backend without a tolerance may not run this file at all.
  return judge(runs, goldens.tolerance[file]?.[session.backend] ?? Number.NaN);
}

function inputOf(golden: Golden): ModelInput {
  const line = new Float32Array(LINE_CUE_LENGTH);
  line.set(golden.line);
  return { count: 1, picture: Float32Array.from(pictureOf(golden), (value) => value / 255), line };
}
