import { expect, test } from 'vitest';
import { junitFailures, playwrightFailures, vitestFailures } from './failed-tests.ts';

test('a unit test that failed is named with its file and what it said, without colours', () => {
  const report = JSON.stringify({
    testResults: [
      {
        name: 'src/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'one is one', status: 'passed', failureMessages: [] },
          { fullName: 'one is two', status: 'failed', failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m'] },
        ],
      },
    ],
  });
  expect(vitestFailures(report)).toEqual([
    { name: 'src/a.test.ts › one is two', said: 'expected 1 to be 2', passedLater: false },
  ]);
});

test('a file that cannot be loaded is named itself', () => {
  const report = JSON.stringify({
    testResults: [{ name: 'src/b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }],
  });
  expect(vitestFailures(report)).toEqual([{ name: 'src/b.test.ts', said: 'no such module', passedLater: false }]);
});

test('browser tests are found however deep their suites lie, and one that passed later says so', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'draws.spec.ts',
    tests: [{ projectName: 'phone', status, results: [{ error: { message: `${title}: timed out` } }, {}] }],
  });
  const report = JSON.stringify({
    errors: [{ message: 'port taken' }],
    suites: [
      {
        title: '',
        suites: [{ title: '', specs: [spec('a', 'unexpected'), spec('b', 'expected')] }],
        specs: [spec('c', 'flaky')],
      },
    ],
  });
  expect(playwrightFailures(report)).toEqual([
    { name: 'Playwright itself', said: 'port taken', passedLater: false },
    { name: '[phone] draws.spec.ts › c', said: 'c: timed out', passedLater: true },
    { name: '[phone] draws.spec.ts › a', said: 'a: timed out', passedLater: false },
  ]);
});

test('a Python test that failed or broke is named', () => {
  const xml =
    '<testsuite><testcase classname="tests.test_gate" name="test_falls" time="1"><failure message="assert 1 == 2">…' +
    '</failure></testcase><testcase classname="tests.test_gate" name="test_fine" time="1" /></testsuite>';
  expect(junitFailures(xml)).toEqual([
    { name: 'tests.test_gate › test_falls', said: 'assert 1 == 2', passedLater: false },
  ]);
});
