import { describe, expect, it, onTestFinished } from 'vitest';
import { codeOf, ink, labelOf, messages, never, silent, using, willing } from './client.fixture.ts';

describe('when the worker crashes', () => {
  it('every pending question is settled and a fresh worker answers the next one', async () => {
    const { client, workers, phases } = using([silent, willing]);
    const pending = [codeOf(client.classify(never, ink)), codeOf(client.classify(never, ink, { concurrent: true }))];
    await messages();
    workers[0]?.crash();
    expect(await Promise.all(pending)).toEqual(['worker-crashed', 'worker-crashed']);
    expect(workers[0]?.terminated).toBe(true);
    expect(labelOf(await client.classify(never, ink))).toBe('alef');
    expect(phases()).toEqual(['ready', 'starting', 'ready']);
  });

  it.each([
    ['a message that cannot be read', (worker: { unreadable(): void }) => worker.unreadable()],
    [
      'a message that means nothing',
      (worker: { say(reply: unknown): void }) => worker.say({ type: 'surprise', id: 1 }),
    ],
    [
      'an answer without a prediction',
      (worker: { say(reply: unknown): void }) => worker.say({ type: 'classify', id: 2, out: {} }),
    ],
  ])('%s counts as a crash', async (_, misbehave) => {
    const { client, workers } = using([silent, willing]);
    const pending = codeOf(client.classify(never, ink));
    await messages();
    if (workers[0] !== undefined) misbehave(workers[0]);
    expect(await pending).toBe('worker-crashed');
  });

  it('three times within a minute, it stays down until someone tries again', async () => {
    let now = 0;
    const { client, workers } = using([silent, silent, silent, willing], { now: () => now });
    for (let i = 0; i < 3; i++) {
      await messages();
      now += 1000;
      workers[i]?.crash('out of luck');
    }
    expect(workers).toHaveLength(3);
    expect(client.status()).toMatchObject({ phase: 'failed', code: 'worker-crashed' });
    expect(await codeOf(client.classify(never, ink))).toBe('worker-crashed');
    expect(await codeOf(client.classify(never, ink, { concurrent: true }))).toBe('worker-crashed');
    client.retry();
    expect(labelOf(await client.classify(never, ink))).toBe('alef');
  });

  it('twice, WASM is started on the full runtime from then on', async () => {
    const { workers } = using([silent]);
    for (let i = 0; i < 2; i++) {
      await messages();
      workers[i]?.crash();
    }
    await messages();
    const asked = workers.flatMap((worker) => worker.asked('start').map((request) => JSON.stringify(request.in)));
    expect(asked.map((start) => start.includes('"fullRuntime":true'))).toEqual([false, false, true]);
  });

  it('three times over a long day, it is replaced every time', async () => {
    let now = 0;
    const { workers } = using([silent], { now: () => now });
    for (let i = 0; i < 4; i++) {
      await messages();
      now += 30_001;
      workers[i]?.crash();
    }
    expect(workers).toHaveLength(5);
  });

  it('a browser without workers says so at once', async () => {
    const { client } = using([willing], {
      startWorker: () => {
        throw new Error('refused by policy');
      },
    });
    expect(client.status()).toMatchObject({ phase: 'failed', detail: 'refused by policy' });
    expect(await codeOf(client.classify(never, ink))).toBe('worker-crashed');
  });
});

describe('when the worker hangs', () => {
  // Real time: a fresh worker must get its word in within it on a busy machine too.
  const hangLimit = 120;

  it('the question is settled within the limit and a fresh worker answers', async () => {
    const { client } = using([silent, willing], { hangLimit });
    expect(await codeOf(client.classify(never, ink))).toBe('worker-hung');
    expect(labelOf(await client.classify(never, ink))).toBe('alef');
  });

  it('that is noticed though its event loop turns and newer questions keep coming', async () => {
    const { client, workers } = using(
      [(request, say, worker) => request.type === 'classify' || willing(request, say, worker), willing],
      { hangLimit },
    );
    while (workers.length < 2) {
      void codeOf(client.classify(never, ink));
      await messages(5);
    }
    expect(workers[0]?.terminated).toBe(true);
  });

  it('before it said anything, it is replaced', async () => {
    const { client, workers } = using([() => undefined, willing], { hangLimit });
    while (workers.length < 2) await messages(5);
    expect(labelOf(await client.classify(never, ink))).toBe('alef');
  });

  it('a long download is no hang as long as the worker answers pings', async () => {
    const { client, workers } = using(
      [
        (request, say, worker) => {
          if (request.type === 'start') {
            say({ type: 'status', status: { phase: 'downloading', loadedBytes: 1, totalBytes: 9 } });
          } else if (request.type === 'ping') willing(request, say, worker);
        },
      ],
      { hangLimit },
    );
    const pending = codeOf(client.classify(never, ink));
    await messages(hangLimit * 4);
    expect(workers).toHaveLength(1);
    client.close();
    expect(await pending).toBe('aborted');
  });

  it('a picture that takes longer is no hang while parts of it get done, and is one once they do not', async () => {
    let parts = 0;
    const { client, workers } = using(
      [
        (request, say, worker) => {
          if (request.type !== 'classify') return willing(request, say, worker);
          const timer = setInterval(() => {
            say({ type: 'worked' });
            if (++parts === 40) clearInterval(timer);
          }, hangLimit / 12);
          onTestFinished(() => clearInterval(timer));
        },
        willing,
      ],
      { hangLimit },
    );
    expect(await codeOf(client.classify(never, ink))).toBe('worker-hung');
    expect(parts).toBe(40);
    expect(workers[0]?.terminated).toBe(true);
  });

  it('an idle worker is not asked for signs of life', async () => {
    const { client, workers } = using([willing], { hangLimit });
    await client.classify(never, ink);
    await messages();
    const pings = workers[0]?.asked('ping').length;
    await messages(hangLimit * 3);
    expect(workers[0]?.asked('ping')).toHaveLength(pings ?? -1);
    expect(workers).toHaveLength(1);
  });
});
