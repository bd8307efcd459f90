import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putObject, uploadPlan } from './upload-plan.ts';

const build = [
  'index.html',
  'index.html.br',
  'sw.js',
  'config.json',
  'assets/index-12345678.js',
  'assets/index-12345678.js.br',
  'assets/runtime-12345678.wasm',
  'assets/runtime-12345678.wasm.br',
  'assets/runtime-12345678.wasm.gz',
  'models/catalog.json',
  'models/catalog.json.sig',
  'models/hebrew/1.0.0/model.packed',
  'models/hebrew/1.0.0/model.packed.br',
];
const planned = (key: string) => uploadPlan(build).find((upload) => upload.key === key);

test('in whatever order files are found, nothing arrives before what it asks for', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(build, { minLength: build.length }), (paths) => {
      const keys = uploadPlan(paths).map(({ key }) => key);
      expect(keys.slice(-4)).toEqual(['models/catalog.json', 'models/catalog.json.sig', 'sw.js', 'index.html']);
      expect(keys.indexOf('assets/index-12345678.js')).toBeLessThan(keys.indexOf('config.json'));
      expect(keys.toSorted()).toEqual(build.filter((path) => !/\.(br|gz)$/.test(path)).toSorted());
    }),
  );
});

test('types and times to keep are those of deploy/headers.ts', () => {
  expect(planned('sw.js')).toMatchObject({ type: 'text/javascript; charset=utf-8', cache: 'no-cache' });
  expect(planned('assets/index-12345678.js')?.cache).toBe('public, max-age=31536000, immutable');
  expect(planned('models/hebrew/1.0.0/model.packed')?.type).toBe('application/octet-stream');
});

test('what CloudFront does not compress goes up packed, and models never', () => {
  expect(planned('assets/runtime-12345678.wasm')).toMatchObject({
    file: 'assets/runtime-12345678.wasm.br',
    type: 'application/wasm',
    encoding: 'br',
  });
  for (const key of ['models/hebrew/1.0.0/model.packed', 'index.html', 'assets/index-12345678.js'])
    expect(planned(key)).toMatchObject({ file: key, encoding: null });
});

test('a build that was not compressed goes up as it is', () => {
  const [upload] = uploadPlan(['assets/runtime-12345678.wasm']);
  expect(upload).toMatchObject({ file: 'assets/runtime-12345678.wasm', encoding: null });
  if (upload === undefined) throw new Error('nothing is planned');
  expect(putObject('b', 'dist/assets/runtime-12345678.wasm', upload)).not.toContain('--content-encoding');
});
