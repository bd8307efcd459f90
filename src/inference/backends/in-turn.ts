/**
 * Runs jobs one after the other, in the order in which they came: ONNX Runtime's sessions refuse, or mix up, runs
 * at the same time. A job that fails fails alone.
 */
export function createTurns(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = last.then(job);
    last = mine.catch(() => undefined);
    return mine;
  };
}
