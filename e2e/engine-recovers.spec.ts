import { expect, test } from './harness/engine-site.ts';

/** A message the engine does not know makes the worker throw, or never come back. */
const mischief = `
  self.addEventListener('message', ({ data }) => {
    if (data.type !== 'classify' || data.in.kind !== 'picture') return;
    if (data.in.bitmap.width === 333) for (;;) {}
    if (data.in.bitmap.width === 222) throw new Error('killed by a picture');
  })`;

test('worker dies: a picture that kills it is settled, and the next letter is read by a fresh worker', async ({
  page,
  engine,
  quietPage,
}) => {
  quietPage.expectNoise(/killed by a picture/);
  await engine.inWorker(mischief);
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  const [killed, next] = await page.evaluate(async () => {
    const waiting = window.engine.picture(222, { concurrent: true });
    const killed = await waiting;
    return [killed, await window.engine.draw(1)];
  });
  expect(killed).toMatchObject({ code: 'worker-crashed' });
  expect(next).toMatchObject({ answer: { receipt: { backend: 'wasm' } } });
  await expect.poll(() => page.workers().length).toBe(1);
});

test('worker dies three times: the engine stays down and says so, until someone tries again', async ({
  page,
  engine,
  quietPage,
}) => {
  quietPage.expectNoise(/killed by a picture/);
  await engine.inWorker(mischief);
  await engine.open({ backend: 'wasm' });
  for (let death = 0; death < 3; death++) {
    await engine.until('ready');
    expect(await page.evaluate(() => window.engine.picture(222))).toMatchObject({ code: 'worker-crashed' });
  }
  expect(await engine.status()).toMatchObject({ phase: 'failed', code: 'worker-crashed' });
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ code: 'worker-crashed' });
  await page.evaluate(() => window.engine.retry());
  await engine.until('ready');
  expect(await page.evaluate(() => window.engine.draw(1))).toHaveProperty('answer');
});

test('worker hangs: within the limit everything pending is settled, and the engine reads again', async ({
  page,
  engine,
}) => {
  await engine.inWorker(mischief);
  await engine.open({ backend: 'wasm', hangLimit: 4000 });
  await engine.until('ready');
  const { outcomes, after } = await page.evaluate(async () => {
    const start = performance.now();
    const hung = window.engine.picture(333, { concurrent: true });
    const behind = window.engine.draw(1);
    const outcomes = await Promise.all([hung, behind]);
    return { outcomes, after: performance.now() - start };
  });
  expect(outcomes).toEqual([
    expect.objectContaining({ code: 'worker-hung' }),
    expect.objectContaining({ code: 'worker-hung' }),
  ]);
  // Its own limit is 10 s.
  expect(after).toBeLessThan(9000);
  expect(await page.evaluate(() => window.engine.draw(2))).toHaveProperty('answer');
});

test('a picture that is read for longer than the limit is answered: its parts are signs of work', async ({
  page,
  engine,
}) => {
  await engine.inWorker(`
    delete self.VideoFrame;
    const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
    OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...args) {
      for (const end = performance.now() + 200; performance.now() < end; );
      return read.apply(this, args);
    }`);
  const hangLimit = 4000;
  await engine.open({ backend: 'wasm', hangLimit });
  await engine.until('ready');
  const outcome = await page.evaluate(() => window.engine.picture(3000));
  expect(outcome).toHaveProperty('answer');
  expect('answer' in outcome && outcome.answer.timing.preprocess).toBeGreaterThan(hangLimit);
  await expect.poll(() => page.workers().length).toBe(1);
});

test('a newer request cancels the older one', async ({ page, engine }) => {
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  const outcomes = await page.evaluate(() => Promise.all([1, 2, 3, 4].map((seed) => window.engine.draw(seed))));
  expect(outcomes.slice(0, 3)).toEqual([1, 2, 3].map(() => expect.objectContaining({ code: 'aborted' })));
  expect(outcomes[3]).toHaveProperty('answer');
});

test('pictures in a queue are all answered, while a letter is being drawn', async ({ page, engine }) => {
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  const outcomes = await page.evaluate(() => {
    const pictures = [300, 600, 900, 1200].map((side) => window.engine.picture(side, { concurrent: true }));
    return Promise.all([...pictures, window.engine.draw(1)]);
  });
  for (const outcome of outcomes) expect(outcome).toHaveProperty('answer');
});
