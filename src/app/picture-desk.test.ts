import { afterEach, describe, expect, it } from 'vitest';
import { answerOf, ready } from '#inference/client.fixture';
import { EngineError } from '#inference/engine-error';
import { maxPictures } from './picture-desk.ts';
import { noEdit, turnOn } from './pictures/crop.ts';
import { fixture, workplace } from './picture-workplace.fixture.ts';
import type { PictureInput } from './picture-workplace.fixture.ts';

let place: ReturnType<typeof workplace>;
const work = (classify: Parameters<typeof workplace>[0]): void => {
  place = workplace(classify);
};
const settled = (): boolean => place.kinds().every((kind) => kind !== 'loading');

// Whatever happened on it, an empty desk holds nothing back.
afterEach(async () => {
  place.desk.clear();
  await place.until(() => place.seen.open === 0);
  if (place.seen.previews.size > 0) throw new Error('a preview was never discarded');
});

describe('a selection of pictures', () => {
  it('is answered in its order, one decoded at a time, the bad ones beside the good', async () => {
    work(async () => answerOf('alef'));
    place.desk.take(['alef.png', 'truncatedPng.png', 'shin.jpg', 'zeroBytes.png'].map(fixture));
    await place.until(settled);
    expect(place.kinds()).toEqual(['answered', 'refused', 'answered', 'refused']);
    expect(place.pictures().map(({ name }) => name)).toEqual([
      'alef.png',
      'truncatedPng.png',
      'shin.jpg',
      'zeroBytes.png',
    ]);
    expect(place.seen).toMatchObject({ mostOpen: 1, decoded: 2 });
    expect(place.pictures().map(({ reading }) => (reading.kind === 'answered' ? reading.request : null))).toEqual([
      1,
      null,
      2,
      null,
    ]);
  });

  it('is drawn before it is handed to the engine, to whom it then belongs', async () => {
    work(async () => answerOf('alef'));
    place.desk.take([fixture('alef.png')]);
    await place.until(settled);
    expect(place.seen.order).toEqual(['drawn', 'asked', 'finished']);
    expect(place.pictures()[0]?.preview).not.toBeNull();
  });

  it('takes the place of the one before, whose late answer goes nowhere', async () => {
    const late: (() => void)[] = [];
    work((_input, signal) =>
      late.length === 0
        ? new Promise((resolve) => {
            late.push(() => resolve(answerOf('bet')));
            signal.addEventListener('abort', () => late[0]?.());
          })
        : Promise.resolve(answerOf('alef')),
    );
    place.desk.take([fixture('alef.png')]);
    await place.until(() => late.length === 1);
    place.desk.take([fixture('shin.jpg')]);
    await place.until(settled);
    expect(place.pictures()).toHaveLength(1);
    expect(place.pictures()[0]).toMatchObject({
      name: 'shin.jpg',
      reading: { answer: { prediction: { label: 'alef' } } },
    });
  });

  it('larger than the desk says how many were left out', () => {
    work(async () => answerOf('alef'));
    place.desk.take(Array.from({ length: maxPictures + 3 }, () => fixture('zeroBytes.png')));
    expect(place.desk.store.getState().surplus).toBe(3);
    expect(place.pictures()).toHaveLength(maxPictures);
  });
});

describe('a picture that is changed', () => {
  it('is read anew from its file, with the change, and keeps its old answer in sight until then', async () => {
    const inputs: PictureInput[] = [];
    work(async (input) => {
      inputs.push(input);
      return answerOf(`letter-${inputs.length}`);
    });
    place.desk.take([fixture('alef.png')]);
    await place.until(settled);
    const [picture] = place.pictures();
    const crop = { left: 1, top: 2, right: 30, bottom: 19 };
    place.desk.edit(picture!.id, { ...turnOn(noEdit), crop, invert: true });
    expect(place.pictures()[0]?.reading).toMatchObject({ kind: 'loading', last: { request: 1 } });
    await place.until(settled);
    expect(inputs[1]).toMatchObject({ crop, turns: 1, invert: true });
    expect(place.pictures()[0]?.reading).toMatchObject({ request: 2, answer: { prediction: { label: 'letter-2' } } });
    expect(place.seen.decoded).toBe(2);
  });

  it('twice in a row gets the answer to the second change alone', async () => {
    const inputs: PictureInput[] = [];
    work(async (input, signal) => {
      inputs.push(input);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (signal.aborted) throw new EngineError('aborted', 'newer');
      return answerOf(input.invert ? 'inverted' : 'plain');
    });
    place.desk.take([fixture('alef.png')]);
    await place.until(settled);
    const id = place.pictures()[0]!.id;
    place.desk.edit(id, { ...noEdit, invert: true });
    await place.until(() => inputs.length === 2);
    place.desk.edit(id, noEdit);
    await place.until(settled);
    expect(place.pictures()[0]?.reading).toMatchObject({ request: 2, answer: { prediction: { label: 'plain' } } });
  });

  it('goes before those that wait', async () => {
    const order: string[] = [];
    work(async (input) => {
      order.push(input.invert ? 'changed' : 'plain');
      await new Promise((resolve) => setTimeout(resolve, 5));
      return answerOf('alef');
    });
    place.desk.take(Array.from({ length: 4 }, () => fixture('alef.png')));
    await place.until(() => place.kinds()[0] === 'answered');
    place.desk.edit(place.pictures()[0]!.id, { ...noEdit, invert: true });
    await place.until(settled);
    expect(order.indexOf('changed')).toBeLessThan(3);
  });
});

describe('when the engine is not there', () => {
  it('bad pictures get their verdict and good ones their preview; the answer comes when the engine does', async () => {
    work(async () => answerOf('alef'));
    place.setStatus({ phase: 'downloading', loadedBytes: 1, totalBytes: 2 });
    place.desk.take(['alef.png', 'svgWithScript.svg'].map(fixture));
    await place.until(() => place.kinds()[1] === 'refused' && place.pictures()[0]?.preview !== null);
    expect(place.kinds()).toEqual(['loading', 'refused']);
    expect(place.seen.open).toBe(0);
    place.setStatus(ready);
    await place.until(settled);
    expect(place.kinds()).toEqual(['answered', 'refused']);
  });

  it('its failure is shown on what waits for it, and taken back when it recovers', async () => {
    work(async () => answerOf('alef'));
    place.setStatus({ phase: 'testing' });
    place.desk.take([fixture('alef.png')]);
    await place.until(() => place.pictures()[0]?.preview !== null);
    place.setStatus({ phase: 'failed', code: 'offline', detail: '', reports: [] });
    expect(place.pictures()[0]?.reading).toEqual({ kind: 'failed', code: 'offline' });
    place.desk.retry(place.pictures()[0]!.id);
    expect(place.seen.retried).toBe(1);
    place.setStatus(ready);
    await place.until(() => place.kinds()[0] === 'answered');
  });

  it('a worker that died under a picture gets it once more; then a person is asked', async () => {
    let calls = 0;
    work(async () => {
      calls++;
      throw new EngineError('worker-crashed', 'test');
    });
    place.desk.take([fixture('alef.png')]);
    await place.until(settled);
    expect(calls).toBe(2);
    expect(place.pictures()[0]?.reading).toEqual({ kind: 'failed', code: 'worker-crashed' });
  });
});

describe('stopped in the middle', () => {
  it('answers stay, the rest says so and can be read later', async () => {
    work(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return answerOf('alef');
    });
    place.desk.take(Array.from({ length: 5 }, () => fixture('alef.png')));
    await place.until(() => place.kinds()[1] === 'answered');
    place.desk.stop();
    expect(place.kinds().slice(0, 2)).toEqual(['answered', 'answered']);
    expect(place.pictures()[4]?.reading).toEqual({ kind: 'failed', code: 'aborted' });
    place.desk.retry(place.pictures()[4]!.id);
    await place.until(() => place.kinds()[4] === 'answered');
    expect(place.pictures()[3]?.reading).toEqual({ kind: 'failed', code: 'aborted' });
  });

  it('a picture that was taken away is not answered, and what it held is given back', async () => {
    work(async () => answerOf('alef'));
    place.desk.take(['alef.png', 'shin.jpg'].map(fixture));
    place.desk.remove(place.pictures()[0]!.id);
    await place.until(settled);
    expect(place.pictures().map(({ name }) => name)).toEqual(['shin.jpg']);
  });
});
