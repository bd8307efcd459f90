import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Exercised } from './exercise.ts';
import { instrumented } from './cut.ts';
import { exercise, makeOpened, trimmedRuntime } from './make.ts';
import { plantedRuntime } from './planted.fixture.ts';
import { servedModels } from './served-models.ts';

// Each exercise is a process that runs every golden of every model in six sizes of batch: seconds, and many if others work.
const PATIENCE = 300_000;

const models = fileURLToPath(new URL('../../public/models', import.meta.url));
const full = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
const work = mkdtempSync(join(tmpdir(), 'ktav-trim-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function written(name: string, wasm: Uint8Array): string {
  const path = join(work, name);
  writeFileSync(path, wasm);
  return path;
}

async function made() {
  const trimmed = await trimmedRuntime(models);
  if (trimmed === null) throw new Error('nothing was trimmed');
  return trimmed;
}

describe('the runtime that is trimmed for the served models', () => {
  it(
    'answers bit by bit as the full one: every golden, batches of 1, 2, 3, 7, 16, 64 and 256',
    { timeout: PATIENCE },
    async () => {
      const trimmed = await made();
      const [whole, part] = [await exercise(full, models), await exercise(trimmed.path, models)];
      expect(part.digest).toBe(whole.digest);
      expect(part.models).toEqual(servedModels(models).map(({ sha256 }) => sha256));
      expect(trimmed.models).toEqual(part.models);
      // Memory had to grow on the way, in both.
      expect(part.memory).toEqual(whole.memory);
      expect(part.memory.after).toBeGreaterThan(part.memory.before);
      expect(trimmed.bytes).toBeLessThan(0.4 * readFileSync(full).length);
    },
  );

  it('is cut by what is called, and that is the same every time', { timeout: PATIENCE }, async () => {
    const trimmed = await made();
    const before = JSON.parse(readFileSync(join(dirname(trimmed.path), 'seen.json'), 'utf8')) as Exercised;
    expect(await exercise(written('watched.wasm', instrumented(readFileSync(full))), models)).toEqual(before);
  });

  it(
    'with the served model open in it answers bit by bit as the full one, and is the same every time',
    { timeout: PATIENCE },
    async () => {
      const { opened } = await made();
      if (opened === null) throw new Error('no model is open in it');
      const [whole, part] = [
        await exercise(full, models, opened.model),
        await exercise(opened.path, models, opened.model),
      ];
      expect(part.digest).toBe(whole.digest);
      expect(part.models).toEqual([opened.model]);
      const again = join(work, 'again');
      mkdirSync(again);
      await makeOpened(models, opened.model, again);
      expect(readFileSync(join(again, 'ort-opened.wasm')).equals(readFileSync(opened.path))).toBe(true);
    },
  );

  it.each(['starting', 'opening'] as const)(
    'cut further than %s, it traps where an operator is missing',
    { timeout: PATIENCE },
    async (goes) => {
      const planted = written(`${goes}.wasm`, await plantedRuntime(models, goes));
      await expect(exercise(planted, models)).rejects.toThrow(/RuntimeError|unreachable/);
    },
  );
});

it('a site without models has none', async () => {
  expect(await trimmedRuntime(join(work, 'nowhere'))).toBeNull();
});
