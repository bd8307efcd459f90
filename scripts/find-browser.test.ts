import { expect, test } from 'vitest';
import { chooseBrowser, type Machine } from './find-browser.ts';

function machine(present: readonly string[], rest: Partial<Machine> = {}): Machine {
  return {
    named: undefined,
    bundled: '/playwright/chrome',
    remembered: undefined,
    exists: (path) => present.includes(path),
    mayInstall: false,
    ...rest,
  };
}

test("Playwright's own goes before the system's, for it is the version that was tested", () => {
  const both = machine(['/usr/bin/chromium', '/playwright/chrome']);
  expect(chooseBrowser(both)).toEqual({ kind: 'use', path: '/playwright/chrome' });
});

test("the system's is taken where Playwright has none", () => {
  expect(chooseBrowser(machine(['/usr/bin/google-chrome']))).toEqual({ kind: 'use', path: '/usr/bin/google-chrome' });
});

test('a named browser is taken before any other', () => {
  const choice = chooseBrowser(machine(['/mine', '/usr/bin/chromium'], { named: '/mine' }));
  expect(choice).toEqual({ kind: 'use', path: '/mine' });
});

test('a named browser that is not there is refused, not replaced in silence', () => {
  const choice = chooseBrowser(machine(['/usr/bin/chromium'], { named: '/mine' }));
  expect(choice).toEqual({ kind: 'refuse', why: expect.stringContaining('/mine') });
});

test('a remembered browser that has gone is forgotten', () => {
  const choice = chooseBrowser(machine(['/usr/bin/chromium'], { remembered: '/gone' }));
  expect(choice).toEqual({ kind: 'use', path: '/usr/bin/chromium' });
});

test('on a bare machine the package is installed only by one who may', () => {
  expect(chooseBrowser(machine([]))).toEqual({ kind: 'get', by: ['download'] });
  expect(chooseBrowser(machine([], { mayInstall: true }))).toEqual({ kind: 'get', by: ['download', 'package'] });
});
