import { expect, test } from 'vitest';
import { junitCounts, playwrightCounts, tally, vitestCounts } from './tally.ts';

test('a stage that failed without a failed test counts once', () => {
  const stages = [
    { name: 'check', status: 2, reports: [] },
    { name: 'test', status: 0, reports: [{ passed: 7, failed: 0 }] },
  ];
  expect(tally(stages)).toEqual({ passed: 7, failed: 1 });
});

test('a stage that failed by its tests is not counted on top of them', () => {
  const reports = [
    { passed: 5, failed: 2 },
    { passed: 3, failed: 1 },
  ];
  expect(tally([{ name: 'test', status: 1, reports }])).toEqual({ passed: 8, failed: 3 });
});

test('a test file that cannot be loaded counts as failed', () => {
  const report = JSON.stringify({ numPassedTests: 4, numFailedTests: 0, numFailedTestSuites: 1 });
  expect(vitestCounts(report)).toEqual({ passed: 4, failed: 1 });
});

test('a server that did not start counts as failed', () => {
  const report = JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 9 }, errors: [{}] });
  expect(playwrightCounts(report)).toEqual({ passed: 0, failed: 1 });
});

test('a browser test or two that pass at the second try are passed; more of them are failed', () => {
  const report = (flaky: number): string =>
    JSON.stringify({ stats: { expected: 9, unexpected: 1, flaky, skipped: 0 }, errors: [] });
  expect(playwrightCounts(report(2))).toEqual({ passed: 11, failed: 1 });
  expect(playwrightCounts(report(3))).toEqual({ passed: 9, failed: 4 });
});

test('skipped Python tests are neither passed nor failed', () => {
  const xml =
    '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1"></testsuite>';
  expect(junitCounts(xml)).toEqual({ passed: 4, failed: 3 });
});
