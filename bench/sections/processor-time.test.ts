import { expect, test } from 'vitest';
import { processorTimes } from './processor-time.ts';

const url = 'http://127.0.0.1:4000/?backend=wasm';
const navigated = (documentLoaderURL: string, pid: number) => ({
  name: 'navigationStart',
  pid,
  tid: pid,
  ts: 5_000_000,
  args: { data: { documentLoaderURL } },
});
/** Milliseconds after the navigation. */
const ran = (pid: number, from: number, dur: number, processor: number) => ({
  name: 'ThreadControllerImpl::RunTask',
  pid,
  tid: pid,
  ts: 5_000_000 + from * 1000,
  dur: dur * 1000,
  tdur: processor * 1000,
});
const traceOf = (...traceEvents: readonly object[]): string => JSON.stringify({ traceEvents });
const task = (start: number, duration: number) => ({ phase: 'load', start, duration, scripts: [] });

test('a long task has the processor time of the task of the page that ran then', () => {
  const trace = traceOf(
    navigated('', 7),
    navigated(url, 8),
    ran(8, 100, 20, 19),
    ran(7, 300, 60, 59),
    ran(8, 300.4, 60, 12),
    ran(8, 400, 80, 75),
  );
  expect(processorTimes(trace, url, [task(300, 60), task(401, 79)])).toEqual([12, 75]);
});

test('a task that the trace does not have has no processor time', () => {
  expect(processorTimes(traceOf(navigated(url, 8), ran(8, 100, 20, 19)), url, [task(90, 60)])).toEqual([Number.NaN]);
});

test('a trace without the beginning of the visit says nothing of its tasks', () => {
  const other = traceOf(navigated('http://127.0.0.1:4000/', 8), ran(8, 300, 60, 59));
  expect(processorTimes(other, url, [task(300, 60)])).toEqual([Number.NaN]);
});
