/**
 * Ends the task that is running: the browser paints and answers the finger before what comes next. Where it can be
 * said, nothing less urgent comes in between; a timer, which Safari needs, may come a few milliseconds later.
 */
export function breathe(): Promise<void> {
  if (typeof scheduler !== 'undefined' && 'yield' in scheduler) return scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve, 0));
}
