import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { auditHeaders } from './observatory.ts';

test("MDN's HTTP Observatory gives the shipped nginx A+ and at least 125", { timeout: 720_000 }, async () => {
  const { scan, tests } = await auditHeaders(fileURLToPath(new URL('../../index.html', import.meta.url)));
  expect(Object.keys(tests).length).toBeGreaterThan(5);
  expect(Object.entries(tests).filter(([, { pass }]) => !pass)).toEqual([]);
  expect(scan.grade).toBe('A+');
  expect(scan.score).toBeGreaterThanOrEqual(125);
});
