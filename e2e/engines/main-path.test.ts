import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { alef, samekh } from '../support/hand.ts';
import type { Written } from '../support/hand.ts';
import { builtSite } from '../support/own-site.ts';
import { picture } from '../support/pictures.ts';
import { startNginx } from '../targets/nginx.ts';
import type { Nginx } from '../targets/nginx.ts';
import { engines, onAPhone } from './engines.ts';
import { openGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { hooksOf, press, pressHook, sees, until } from './looking.ts';
import { stepByStep } from './step-by-step.ts';
import type { Visitor } from './visitor.ts';

const minutes = 60_000;
/** How often the page is loaded with the server gone. */
const rounds = Number(process.env['KTAV_OFFLINE_ROUNDS'] ?? 3);

const timeout = (2 + rounds / 2) * minutes;

/** The production build, with the inbox beside it as the place for feedback. */
function site(): string {
  const folder = builtSite();
  const config = join(folder, 'config.json');
  const shipped = JSON.parse(readFileSync(config, 'utf8')) as object;
  const sync = { profile: 'nginx', baseUrl: './', app: 'ktav' };
  writeFileSync(config, JSON.stringify({ ...shipped, sync }));
  return folder;
}

describe.each([...engines, onAPhone])('$name, from the first visit on', { timeout: 3 * minutes }, (engine) => {
  let nginx: Nginx;
  let gate: Gate;
  let visitor: Visitor;
  stepByStep();
  afterAll(async () => {
    await visitor?.close();
    await gate?.shut();
    await nginx?.end();
  });

  test('it opens', { timeout: 15 * minutes }, async () => {
    const folder = site();
    nginx = await startNginx({ site: folder });
    rmSync(folder, { recursive: true });
    gate = await openGate(nginx.url);
    visitor = await engine.open();
    await visitor.open(`${gate.url}/?lang=en`);
    expect(await visitor.run(() => document.title, null)).toContain('Ktav');
  });

  test('what is drawn is read', async () => {
    await draw(visitor, alef);
    expect(await sees(visitor, 'prediction', { state: 'ready' })).toMatchObject({ label: 'alef' });
  });

  test('pictures are read, in their order', async () => {
    await press(visitor, 'a[href="#/upload"]');
    await sees(visitor, 'drop-zone');
    await visitor.choose('upload', ['shin.jpg', 'lamed.webp', 'bet.avif'].map(picture));
    const read = await until(
      'three pictures are read',
      () => hooksOf(visitor, 'prediction'),
      (all) => all.length === 3 && all.every(({ state }) => state !== 'idle' && state !== 'loading'),
    );
    expect(read.map(({ label, error }) => label ?? error)).toEqual(['shin', 'lamed', 'bet']);
  });

  test('a correction is kept, and sent to the shipped nginx', async () => {
    await press(visitor, 'a[href="#/draw"]');
    await pressHook(visitor, 'feedback-toggle');
    await pressHook(visitor, 'feedback-consent');
    // The sheet still holds the alef.
    await correctTo(visitor, 'ayin');
    await send(visitor, 1);
    expect(delivered(nginx)).toEqual(['corrected ayin for alef']);
  });

  test(`without a server it loads, reads and keeps a verdict, ${rounds} times of ${rounds}`, { timeout }, async () => {
    await visitor.open(`${gate.url}/?lang=en#/draw`);
    await until(
      'the service worker is in charge',
      () => visitor.run(() => navigator.serviceWorker.controller?.state, null),
      (state) => state === 'activated',
    );
    await gate.shut();
    const read: (string | undefined)[] = [];
    for (let round = 1; round <= rounds; round++) {
      await visitor.reload();
      await draw(visitor, samekh);
      read.push((await sees(visitor, 'prediction', { state: 'ready' }))['label']);
      await pressHook(visitor, 'feedback-right');
      await sees(visitor, 'feedback-saved');
    }
    expect(read).toEqual(read.map(() => 'samekh'));
  });

  test('what was said meanwhile waits, and arrives once the server is back', async () => {
    await visitor.reload();
    await draw(visitor, samekh);
    await correctTo(visitor, 'final-mem');
    await press(visitor, 'a[href="#/feedback"]');
    await sees(visitor, 'outbox', { kept: String(rounds + 2), sent: '1', waiting: String(rounds + 1) });
    expect(delivered(nginx)).toHaveLength(1);
    await gate.open();
    await send(visitor, rounds + 2);
    const confirmed = Array.from({ length: rounds }, () => 'confirmed samekh for samekh');
    const corrected = ['corrected ayin for alef', 'corrected final-mem for samekh'];
    expect(delivered(nginx).toSorted()).toEqual([...confirmed, ...corrected]);
  });
});

/** On a sheet that lies still, wherever it lies. */
async function draw(visitor: Visitor, strokes: Written): Promise<void> {
  let before = '';
  const { left, top, side } = await until(
    'the sheet lies still',
    () => visitor.run(sheetOnScreen, null),
    (sheet) => {
      const same = JSON.stringify(sheet) === before;
      before = JSON.stringify(sheet);
      return sheet.side > 0 && same;
    },
  );
  await visitor.write(
    strokes.map((stroke) => stroke.map(([x, y]) => [Math.round(left + x * side), Math.round(top + y * side)] as const)),
  );
}

/** Runs in the page. */
function sheetOnScreen(): { readonly left: number; readonly top: number; readonly side: number } {
  const sheet = document.querySelector('[data-testid="draw-surface"]');
  const { left, top, width } = sheet?.getBoundingClientRect() ?? { left: 0, top: 0, width: 0 };
  return { left, top, side: width };
}

async function correctTo(visitor: Visitor, label: string): Promise<void> {
  await pressHook(visitor, 'feedback-wrong');
  await press(visitor, `[data-testid="feedback-choice"][data-label="${label}"]`);
  await sees(visitor, 'feedback-saved');
}

/** Sends what waits, unless it went by itself; until so many are sent in all. */
async function send(visitor: Visitor, inAll: number): Promise<void> {
  await press(visitor, 'a[href="#/feedback"]');
  await pressHook(visitor, 'sync-now');
  await sees(visitor, 'outbox', { sent: String(inAll), waiting: '0' });
}

/** What lies in the inbox, once its names have proved to be the hashes of their bytes. */
function delivered(nginx: Nginx): readonly string[] {
  return [...nginx.inbox()].flatMap(([path, bytes]) => {
    expect(path).toContain(`/${createHash('sha256').update(bytes).digest('hex')}.ndjson`);
    const text = bytes[0] === 0x1f ? gunzipSync(bytes) : Buffer.from(bytes);
    const records = text
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    return records
      .filter(({ verdict }) => verdict !== undefined)
      .map(({ verdict, label, prediction }) => {
        const { label: said } = prediction as { readonly label: string };
        return `${String(verdict)} ${String(label)} for ${said}`;
      });
  });
}
