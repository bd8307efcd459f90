import { describe, expect, it } from 'vitest';
import { createJobs } from './jobs.ts';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function recorded() {
  const ran: string[] = [];
  const dropped: string[] = [];
  const jobs = createJobs<string, string>(
    turn,
    async (signal, input) => {
      ran.push(input);
      await turn();
      if (input === 'bad') throw new Error('bad');
      return signal.aborted ? `${input}, though withdrawn` : input.toUpperCase();
    },
    (input) => dropped.push(input),
  );
  return { jobs, ran, dropped };
}

describe('jobs', () => {
  it('run one after the other, and a failing one fails alone', async () => {
    const { jobs, ran } = recorded();
    const outcomes = await Promise.allSettled([jobs.add(1, 'a'), jobs.add(2, 'bad'), jobs.add(3, 'c')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ran).toEqual(['a', 'bad', 'c']);
  });

  it('never start when they were withdrawn before their turn, and their input is dropped', async () => {
    const { jobs, ran, dropped } = recorded();
    const kept = jobs.add(1, 'a');
    const withdrawn = jobs.add(2, 'b');
    jobs.abort(2);
    await expect(withdrawn).rejects.toMatchObject({ code: 'aborted' });
    expect(await kept).toBe('A');
    expect(ran).toEqual(['a']);
    expect(dropped).toEqual(['b']);
  });

  it('that run are told, and still settle by themselves', async () => {
    const { jobs, ran } = recorded();
    const running = jobs.add(1, 'a');
    while (ran.length === 0) await turn();
    jobs.abort(1);
    expect(await running).toBe('a, though withdrawn');
  });

  it('start again after a pause', async () => {
    const { jobs } = recorded();
    await jobs.add(1, 'a');
    await turn();
    await turn();
    expect(await jobs.add(2, 'b')).toBe('B');
  });
});
