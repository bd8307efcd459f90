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
