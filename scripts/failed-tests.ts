/** Which tests failed, by the reports of a CI run: what CI keeps is the end of its output, so the names must stand there. */

export interface FailedTest {
  readonly name: string;
  /** The first lines of what it said, without colours. */
  readonly said: string;
  /** It passed when it was tried again. */
  readonly passedLater: boolean;
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const mostOfAMessage = 700;

const shortened = (text: string | undefined): string =>
  (text ?? '').replace(colours, '').trim().slice(0, mostOfAMessage);

type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

export function vitestFailures(report: string): FailedTest[] {
  const { testResults } = JSON.parse(report) as VitestReport;
  return testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that cannot be loaded has no tests, only a message.
    if (failed.length === 0)
      return status === 'failed' ? [{ name: file, said: shortened(message), passedLater: false }] : [];
    return failed.map(({ fullName, failureMessages }) => ({
      name: `${file} › ${fullName}`,
      said: shortened(failureMessages[0]),
      passedLater: false,
    }));
  });
}

type Suite = { readonly title: string; readonly suites?: readonly Suite[]; readonly specs?: readonly Spec[] };
type Spec = {
  readonly title: string;
  readonly file: string;
  readonly tests: readonly {
    readonly projectName: string;
    readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
    readonly results: readonly { readonly error?: { readonly message?: string } }[];
  }[];
};

export function playwrightFailures(report: string): FailedTest[] {
  const { suites, errors } = JSON.parse(report) as {
    readonly suites: readonly Suite[];
    readonly errors: readonly { readonly message?: string }[];
  };
  return [
    ...errors.map(({ message }) => ({ name: 'Playwright itself', said: shortened(message), passedLater: false })),
    ...suites.flatMap(failuresOfSuite),
  ];
}

function failuresOfSuite({ suites = [], specs = [] }: Suite): FailedTest[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, status, results }) => ({
        name: `[${projectName}] ${file} › ${title}`,
        said: shortened(results.find(({ error }) => error !== undefined)?.error?.message),
        passedLater: status === 'flaky',
      })),
  );
  return [...own, ...suites.flatMap(failuresOfSuite)];
}

/** JUnit XML, as pytest writes it. */
export function junitFailures(xml: string): FailedTest[] {
  return [...xml.matchAll(/<testcase ([^>]*)>\s*<(?:failure|error) message="([^"]*)"/g)].map(
    ([, head = '', message]) => {
      const of = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? '';
      return { name: `${of('classname')} › ${of('name')}`, said: shortened(message), passedLater: false };
    },
  );
}
