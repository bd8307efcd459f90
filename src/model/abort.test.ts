import { expect, it } from 'vitest';
import { SharedTasks } from './abort.ts';

type Running = { signal: AbortSignal; resolve: (value: string) => void; reject: (error: Error) => void };

/** A task that the test ends by hand, and how often it was begun. */
function task() {
  const begun: Running[] = [];
  const run = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => begun.push({ signal, resolve, reject }));
  return { begun, run };
}
const never = new AbortController().signal;

it('runs once for two who ask at the same time', async () => {
  const [tasks, { begun, run }] = [new SharedTasks<string>(), task()];
  const both = [tasks.run(never, 'a', run), tasks.run(never, 'a', run)];
  begun[0]?.resolve('done');
  expect(await Promise.all(both)).toEqual(['done', 'done']);
  expect(begun).toHaveLength(1);
});

it('goes on for one when the other leaves, and stops when both have left', async () => {
  const [tasks, { begun, run }] = [new SharedTasks<string>(), task()];
  const [first, second] = [new AbortController(), new AbortController()];
  const one = tasks.run(first.signal, 'a', run);
  const two = tasks.run(second.signal, 'a', run);
  first.abort();
  await expect(one).rejects.toMatchObject({ code: 'aborted' });
  expect(begun[0]?.signal.aborted).toBe(false);
  second.abort();
  await expect(two).rejects.toMatchObject({ code: 'aborted' });
  expect(begun[0]?.signal.aborted).toBe(true);
});

it('begins anew after a failure', async () => {
  const [tasks, { begun, run }] = [new SharedTasks<string>(), task()];
  const bad = tasks.run(never, 'a', run);
  begun[0]?.reject(new Error('no'));
  await expect(bad).rejects.toThrow('no');
  const good = tasks.run(never, 'a', run);
  begun[1]?.resolve('yes');
  expect(await good).toBe('yes');
});

it('begins anew for one who comes after all others have left', async () => {
  const [tasks, { begun, run }] = [new SharedTasks<string>(), task()];
  const gone = new AbortController();
  const left = tasks.run(gone.signal, 'a', run);
  gone.abort();
  await expect(left).rejects.toMatchObject({ code: 'aborted' });
  const fresh = tasks.run(never, 'a', run);
  expect(begun).toHaveLength(2);
  begun[0]?.reject(new Error('late'));
  begun[1]?.resolve('fresh');
  expect(await fresh).toBe('fresh');
});

it('does not begin for a signal that has fired', async () => {
  const { begun, run } = task();
  await expect(new SharedTasks<string>().run(AbortSignal.abort(), 'a', run)).rejects.toMatchObject({ code: 'aborted' });
  expect(begun).toHaveLength(0);
});
