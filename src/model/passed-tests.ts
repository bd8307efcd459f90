import * as z from 'zod/mini';
import { PASSED_TESTS_KEY } from './keys.ts';
import { SchemaVersion, Sha256 } from './schema.ts';
import type { Read } from './schema.ts';
import { sha256 } from './sha256.ts';
import type { ModelStore } from './store.ts';

/** All that the outcome of a self-test hangs on, on one device. */
export type Trial = {
  /** SHA-256 of the model file, and of the goldens that it ran. */
  readonly file: string;
  readonly goldens: string;
  /** Whatever tells one runtime from another: the SHA-256 of the trimmed one, or a name. */
  readonly runtime: string;
  /** The browser as it names itself. */
  readonly browser: string;
  readonly appBuild: string;
};

const Passed = z.strictObject({
  /** SHA-256 of the trial. */
  trial: Sha256,
  largestError: z.number(),
  medianMs: z.number(),
});

/** Newest first. schemaVersion 1: first release. */
const PassedTests = z.strictObject({ schemaVersion: SchemaVersion, tests: z.array(Passed) });
type PassedTest = Read<typeof Passed>;

/** Two versions on two runtimes, and as many of a browser that was updated meanwhile. */
const MOST = 8;

/** What came of this very trial when it was passed; null where it never was, or has to be shown anew. */
export async function passedBefore(store: ModelStore, trial: Trial): Promise<PassedTest | null> {
  const hash = await hashOf(trial);
  return (await read(store)).find((test) => test.trial === hash) ?? null;
}

export async function rememberPassed(
  store: ModelStore,
  trial: Trial,
  { largestError, medianMs }: Pick<PassedTest, 'largestError' | 'medianMs'>,
): Promise<void> {
  const hash = await hashOf(trial);
  const others = (await read(store)).filter((test) => test.trial !== hash);
  await write(store, [{ trial: hash, largestError, medianMs }, ...others].slice(0, MOST));
}

export async function forgetPassed(store: ModelStore, trial: Trial): Promise<void> {
  const hash = await hashOf(trial);
  await write(
    store,
    (await read(store)).filter((test) => test.trial !== hash),
  );
}

const hashOf = ({ file, goldens, runtime, browser, appBuild }: Trial): Promise<string> =>
  sha256(new TextEncoder().encode(JSON.stringify([file, goldens, runtime, browser, appBuild])));

/** What cannot be read is forgotten: the next test finds it out again. */
async function read(store: ModelStore): Promise<readonly PassedTest[]> {
  const bytes = await store.read(PASSED_TESTS_KEY);
  if (bytes === null) return [];
  try {
    const result = z.safeParse(PassedTests, JSON.parse(new TextDecoder().decode(bytes)));
    return result.success ? result.data.tests : [];
  } catch {
    return [];
  }
}

async function write(store: ModelStore, tests: readonly PassedTest[]): Promise<void> {
  await store.write(PASSED_TESTS_KEY, new TextEncoder().encode(JSON.stringify({ schemaVersion: 1, tests })));
}
