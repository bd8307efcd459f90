import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expectedLogits, inputOfGoldens, readServedPackage } from '../served-package.ts';
import { withFullPrecision } from './full-precision.ts';
import { LETTER, WEIGHTS } from './rivals/letter.ts';
import type { DrawnLetter } from './rivals/letter.ts';

export type Rival = 'webgl' | 'wasm';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The one that TF.js's own page tells people to use; as heavy as a dependency it would be for this alone. */
const VERSION = '4.22.0';

/**
 * A folder with the same network in TF.js: a page that downloads library and fp32 weights, all side by side from its
 * first line on, and answers one drawn letter. webgl: the full bundle of a script tag; wasm: modules, as few as will do.
 */
export async function buildRival(rival: Rival): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), `ktav-${rival}-`));
  const output = await build({
    root,
    configFile: false,
    publicDir: false,
    base: './',
    logLevel: 'error',
    build: {
      outDir: folder,
      target: 'es2022',
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: join(root, `bench/cold/rivals/${rival}.ts`),
        // The full bundle puts itself into the page as `tf`; what is imported of it is read from there.
        ...(rival === 'webgl' && { plugins: [globalTf] }),
      },
    },
  });
  if (!('output' in output)) throw new Error('the build of a rival gave no files');
  const files = output.output.map(({ fileName }) => fileName);
  const script = files.find((name) => name.endsWith('.js')) ?? '';
  const wasm = files.filter((name) => name.endsWith('.wasm'));
  const library = rival === 'webgl' ? `assets/tf.min-${VERSION.replaceAll('.', '')}full.js` : null;
  if (library !== null) copyFileSync(fullBundle(), join(folder, library));
  await layOutData(folder);
  const early = [WEIGHTS, LETTER, ...wasm].map((path) => `<link rel="preload" as="fetch" crossorigin href="${path}">`);
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>TF.js</title>
${library === null ? '' : `<script defer src="${library}"></script>`}
<script type="module" crossorigin src="${script}"></script>
${early.join('\n')}</head><body></body></html>\n`,
  );
  return folder;
}

const globalTf = {
  name: 'ktav:global-tf',
  resolveId: { order: 'pre', handler: (id: string) => (id === '@tensorflow/tfjs-core' ? '\0tf' : null) },
  load: (id: string) => (id === '\0tf' ? fromGlobal : null),
} as const;
/** A named export for each thing that the pages use: the bundler says so where one is missing. */
const used = 'fused add mean ready relu setBackend tensor1d tensor2d tensor4d tidy transpose'.split(' ');
const fromGlobal = `const { ${used.join(', ')} } = globalThis.tf; export { ${used.join(', ')} };`;

/** The package's file, by npm's own client, once; its lock is the version, which npm never gives to other bytes. */
function fullBundle(): string {
  const cache = join(root, '.cache/tfjs', VERSION);
  const bundle = join(cache, 'package/dist/tf.min.js');
  if (!existsSync(bundle)) {
    mkdirSync(cache, { recursive: true });
    const packed = execFileSync('npm', ['pack', '--silent', `@tensorflow/tfjs@${VERSION}`], { cwd: cache });
    execFileSync('tar', ['-xzf', packed.toString().trim(), 'package/dist/tf.min.js'], { cwd: cache });
  }
  return bundle;
}

async function layOutData(folder: string): Promise<void> {
  const served = await readServedPackage((path) => readFile(join(root, 'public/models', path)));
  const { inputs, outputs, preprocess } = served.manifest;
  const { picture, line } = inputOfGoldens(served.goldens, 0, 1);
  const logits = expectedLogits(served.goldens, served.fp32.name, 0, 1);
  const letter: DrawnLetter = {
    manifest: { inputs, outputs, preprocess },
    picture: [...picture],
    line: [...line],
    answer: logits.indexOf(Math.max(...logits)),
  };
  writeFileSync(join(folder, LETTER), JSON.stringify(letter));
  writeFileSync(join(folder, WEIGHTS), withFullPrecision(served.fp32.onnx));
}
