import type { LongTask } from '../browser/watch.ts';

/** An event of Chromium's trace, as far as it is looked at: times in microseconds, tdur on the processor. */
type TraceEvent = {
  readonly name?: string;
  readonly pid?: number;
  readonly tid?: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly documentLoaderURL?: string } };
};

/** What a trace has to record for processorTimes(). */
export const tracedForTasks: readonly string[] = ['toplevel', 'blink.user_timing'];

/**
 * How long each task was on the processor, in milliseconds; NaN for one that the trace does not have, and for all where
 * Chromium recorded no beginning of the visit, as happens now and then. The clock alone
 * does not tell a task that works for 60 ms from one that works for 10 and waits for a core. trace: the JSON text that the
 * browser gives; url: the page's, as it was navigated to while traced.
 */
export function processorTimes(trace: string, url: string, tasks: readonly LongTask[]): readonly number[] {
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] };
  const start = traceEvents.find(
    ({ name, args }) => name === 'navigationStart' && args?.data?.documentLoaderURL === url,
  );
  if (start?.ts === undefined) return tasks.map(() => Number.NaN);
  const zero = start.ts;
  const ran = traceEvents
    .filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && pid === start.pid && tid === start.tid)
    .map(({ ts = 0, dur = 0, tdur }) => ({ from: (ts - zero) / 1000, to: (ts + dur - zero) / 1000, tdur }));
  return tasks.map((task) => {
    const shared = ({ from, to }: { readonly from: number; readonly to: number }): number =>
      Math.min(to, task.start + task.duration) - Math.max(from, task.start);
    const [same] = ran.toSorted((a, b) => shared(b) - shared(a));
    return same?.tdur !== undefined && shared(same) > task.duration / 2 ? same.tdur / 1000 : Number.NaN;
  });
}
