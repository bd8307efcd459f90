import { describe, expect, it } from 'vitest';
import {
  answerOf,
  codeOf,
  FakeBitmap,
  ink,
  labelOf,
  messages,
  never,
  pictureOf,
  ready,
  silent,
  using,
  willing,
} from './client.fixture.ts';

describe('a question', () => {
  it('is answered, and the status tells which backend answers', async () => {
    const { client } = using([willing]);
    expect(labelOf(await client.classify(never, ink))).toBe('alef');
    expect(client.status()).toEqual(ready);
  });

  it('gives up its place to a newer one, whose answer alone arrives', async () => {
    const { client, workers } = using([silent]);
    const older = codeOf(client.classify(never, ink));
    const newer = client.classify(never, ink);
    expect(await older).toBe('aborted');
    await messages();
    const [worker] = workers;
    const [first, second] = worker?.asked('classify') ?? [];
    expect(worker?.asked('abort').map((request) => request.in)).toEqual([first?.id]);
    worker?.say({ type: 'classify', id: first?.id, out: answerOf('bet') });
    worker?.say({ type: 'classify', id: second?.id, out: answerOf('gimel') });
    expect(labelOf(await newer)).toBe('gimel');
  });

  it('is withdrawn by its signal', async () => {
    const { client } = using([silent]);
    const abort = new AbortController();
    const outcome = codeOf(client.classify(abort.signal, ink));
    abort.abort();
    expect(await outcome).toBe('aborted');
    expect(await codeOf(client.classify(AbortSignal.abort(), ink))).toBe('aborted');
  });

  it('fails with the code that the worker gives', async () => {
    const { client } = using([
      (request, say, worker) =>
        request.type === 'classify'
          ? say({ type: 'error', id: request.id, error: { code: 'bad-input', detail: 'no pixels' } })
          : willing(request, say, worker),
    ]);
    await expect(client.classify(never, ink)).rejects.toMatchObject({ code: 'bad-input', detail: 'no pixels' });
  });
});

describe('a queue of pictures', () => {
  it('goes to the worker one by one, and a letter being drawn passes it', async () => {
    const { client, workers } = using([silent]);
    const pictures = [1, 2, 3].map(() => client.classify(never, ink, { concurrent: true }));
    const live = client.classify(never, ink);
    await messages();
    const worker = workers[0];
    expect(worker?.asked('classify')).toHaveLength(2);
    const reply = (at: number, label: string): void =>
      worker?.say({ type: 'classify', id: worker.asked('classify')[at]?.id, out: answerOf(label) });
    reply(1, 'live');
    expect(labelOf(await live)).toBe('live');
    for (const [at, sent] of [0, 2, 3].entries()) {
      reply(sent, `picture-${at}`);
      expect(labelOf((await pictures[at]) ?? answerOf('none'))).toBe(`picture-${at}`);
      await messages();
    }
  });

  it('survives the crash of the one in the worker: the others go to the fresh worker', async () => {
    const { client, workers } = using([silent, willing]);
    const outcomes = [1, 2, 3].map(() => codeOf(client.classify(never, ink, { concurrent: true })));
    await messages();
    workers[0]?.crash();
    expect(await Promise.all(outcomes)).toEqual(['worker-crashed', 'answered alef', 'answered alef']);
  });
});

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

describe('a picture gives its memory back', () => {
  it.each([
    ['answered', [willing], (): void => undefined, never],
    ['withdrawn before it began', [willing], (): void => undefined, AbortSignal.abort()],
    ['in a worker that crashed', [silent, willing], (crash: () => void) => crash(), never],
  ] as const)('%s', async (_, scripts, then, signal) => {
    const { client, workers } = using([...scripts]);
    const bitmap = new FakeBitmap();
    const outcome = codeOf(client.classify(signal, pictureOf(bitmap)));
    await messages();
    then(() => workers[0]?.crash());
    await outcome;
    expect(bitmap.closed).toBeGreaterThan(0);
  });

  it('in a queue that was closed', async () => {
    const { client } = using([silent]);
    const bitmaps = [new FakeBitmap(), new FakeBitmap()];
    const outcomes = bitmaps.map((bitmap) => codeOf(client.classify(never, pictureOf(bitmap), { concurrent: true })));
    client.close();
    expect(await Promise.all(outcomes)).toEqual(['aborted', 'aborted']);
    expect(bitmaps.every(({ closed }) => closed > 0)).toBe(true);
  });
});

describe('started anew with other options', () => {
  it('asks a fresh worker for other models, and what was in hand is settled', async () => {
    const { client, workers } = using([silent, willing]);
    const [pending, queued] = [client.classify(never, ink), client.classify(never, ink, { concurrent: true })].map(
      codeOf,
    );
    await messages();
    const catalogUrl = 'https://elsewhere.example/catalog.json';
    const [first] = workers[0]?.asked('start') ?? [];
    if (first?.type !== 'start') throw new Error('the worker was never started');
    client.startWith({ ...first.in, catalogUrl });
    expect([await pending, await queued]).toEqual(['aborted', 'aborted']);
    expect(labelOf(await client.classify(never, ink))).toBe('alef');
    expect(workers.map((worker) => worker.terminated)).toEqual([true, false]);
    expect(workers[1]?.asked('start')).toMatchObject([{ in: { catalogUrl, pin: null } }]);
  });
});
