import { expect, test } from './harness/engine-site.ts';

test('WASM gives the goldens bit by bit, in every browser that runs this', async ({ engine }) => {
  await engine.open({ backend: 'wasm' });
  const status = await engine.until('ready');
  const reports = 'reports' in status ? status.reports : [];
  const wasm = reports.find(({ backend }) => backend === 'wasm');
  expect(wasm?.state).toBe('answering');
  expect(wasm?.largestError).toBe(0);
});
