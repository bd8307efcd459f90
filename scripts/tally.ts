/** Sums the reports of a CI run into its last line. `tsx scripts/tally.ts check:0 test:1 …` takes stage:exit status. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const none: Counts = { passed: 0, failed: 0 };

export function vitestCounts(report: string): Counts {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(report) as Record<string, number>;
  // A file that cannot be loaded fails as a suite, without one failed test.
  return { passed: numPassedTests ?? 0, failed: Math.max(numFailedTests ?? 0, Math.min(numFailedTestSuites ?? 0, 1)) };
}

export function playwrightCounts(report: string): Counts {
  const { stats, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number };
    errors: readonly unknown[];
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/** JUnit XML, as pytest writes it; a skipped test is neither passed nor failed. */
export function junitCounts(xml: string): Counts {
  let counts = none;
  for (const [suite] of xml.matchAll(/<testsuite [^>]*>/g)) {
    const number = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const failed = number('failures') + number('errors');
    counts = add(counts, { passed: number('tests') - failed - number('skipped'), failed });
  }
  return counts;
}

export interface Stage {
  readonly name: string;
  readonly status: number;
  /** What its reports say; none for a stage that writes none, such as a check. */
  readonly reports: readonly Counts[];
}

/** A stage that failed counts at least once, whatever its reports say or leave out. */
export function tally(stages: readonly Stage[]): Counts {
  return stages.map(stageCounts).reduce(add, none);
}

function stageCounts({ status, reports }: Stage): Counts {
  const { passed, failed } = reports.reduce(add, none);
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1) };
}

function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

const reportsOf: Readonly<Record<string, readonly (readonly [file: string, read: (text: string) => Counts])[]>> = {
  test: [
    ['reports/vitest.json', vitestCounts],
    ['reports/playwright.json', playwrightCounts],
  ],
  firefox: [['reports/firefox.json', playwrightCounts]],
  faults: [['reports/faults.json', vitestCounts]],
  training: [['reports/training.xml', junitCounts]],
};

/** A report that should be there and is not means that its tests did not run. */
function readStage(argument: string): Stage {
  const [name = '', status = '1'] = argument.split(':');
  const reports = (reportsOf[name] ?? []).map(([file, read]) =>
    existsSync(file) ? read(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 },
  );
  return { name, status: Number(status), reports };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stages = process.argv.slice(2).map(readStage);
  for (const stage of stages) {
    const { passed, failed } = stageCounts(stage);
    console.log(`${stage.name}: exit ${stage.status}, ${passed} passed, ${failed} failed`);
  }
  const { passed, failed } = tally(stages);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
