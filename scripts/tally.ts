/** Sums the reports of a CI run into its last line. `tsx scripts/tally.ts check:0 test:1 …` takes stage:exit status. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { junitFailures, playwrightFailures, vitestFailures, type FailedTest } from './failed-tests.ts';

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

/** So many browser tests may need a second try on a noisy machine before the run fails; each is named all the same. */
const mostOfFlaky = 2;

export function playwrightCounts(report: string): Counts {
  const { stats, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number };
    errors: readonly unknown[];
  };
  const failed = stats.unexpected + errors.length;
  return stats.flaky > mostOfFlaky
    ? { passed: stats.expected, failed: failed + stats.flaky }
    : { passed: stats.expected + stats.flaky, failed };
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
  readonly failures: readonly FailedTest[];
}

/** A stage that failed counts at least once, whatever its reports say or leave out. */
export function tally(stages: readonly Omit<Stage, 'failures'>[]): Counts {
  return stages.map(stageCounts).reduce(add, none);
}

function stageCounts({ status, reports }: Omit<Stage, 'failures'>): Counts {
  const { passed, failed } = reports.reduce(add, none);
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1) };
}

function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

type Report = {
  readonly file: string;
  readonly count: (text: string) => Counts;
  readonly failures: (text: string) => FailedTest[];
};

const byVitest = (file: string): Report => ({ file, count: vitestCounts, failures: vitestFailures });
const byPlaywright = (file: string): Report => ({ file, count: playwrightCounts, failures: playwrightFailures });

const reportsOf: Readonly<Record<string, readonly Report[]>> = {
  test: [byVitest('reports/vitest.json'), byPlaywright('reports/playwright.json')],
  firefox: [byPlaywright('reports/firefox.json')],
  engines: [byVitest('reports/engines.json')],
  faults: [byVitest('reports/faults.json')],
  training: [{ file: 'reports/training.xml', count: junitCounts, failures: junitFailures }],
};

/** A report that should be there and is not means that its tests did not run. */
function readStage(argument: string): Stage {
  const [name = '', status = '1'] = argument.split(':');
  const read = (reportsOf[name] ?? []).map(({ file, count, failures }) => {
    if (!existsSync(file)) {
      const missing = { name: file, said: 'this report was not written', passedLater: false };
      return { counts: { passed: 0, failed: 1 }, failures: [missing] };
    }
    const text = readFileSync(file, 'utf8');
    return { counts: count(text), failures: failures(text) };
  });
  return {
    name,
    status: Number(status),
    reports: read.map(({ counts }) => counts),
    failures: read.flatMap(({ failures }) => failures),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stages = process.argv.slice(2).map(readStage);
  // What a record of CI keeps is the end of its output: the names of what failed belong there.
  for (const { name: stage, failures } of stages) {
    for (const { name, said, passedLater } of failures) {
      console.log(`\n${passedLater ? 'PASSED AT THE SECOND TRY' : 'FAILED'} in ${stage}: ${name}\n${said}`);
    }
  }
  console.log('');
  for (const stage of stages) {
    const { passed, failed } = stageCounts(stage);
    console.log(`${stage.name}: exit ${stage.status}, ${passed} passed, ${failed} failed`);
  }
  const { passed, failed } = tally(stages);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
