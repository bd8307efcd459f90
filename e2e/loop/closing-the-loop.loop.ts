import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { predictionOf } from '../support/hand.ts';
import { startNginx } from '../targets/nginx.ts';
import { stepsIn } from './steps.ts';
import type { WithheldInk } from './withheld-inks.ts';

/** Hands of these numbers are never corrected: they show what was learnt. */
const TESTING = /-0[67]$/;
/** Drawings of one letter by one hand that are corrected. */
const CORRECTED = 2;

async function draw(page: Page, { strokes }: WithheldInk): Promise<void> {
  await page.getByTestId('draw-surface').focus();
  await page.keyboard.press('Delete');
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'idle');
  // All at once: a hundred letters by single movements of the mouse take longer than both trainings.
  await page.getByTestId('draw-surface').evaluate((sheet, strokes) => {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    for (const stroke of strokes) {
      const tell = (type: string, [x, y]: readonly [number, number], buttons: number): void => {
        const place = { clientX: left + x * width, clientY: top + y * height };
        const pen = { pointerId: 1, pointerType: 'mouse', isPrimary: true, button: type === 'pointermove' ? -1 : 0 };
        sheet.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, buttons, ...place, ...pen }));
      };
      const [first, ...rest] = stroke;
      if (first === undefined) continue;
      tell('pointerdown', first, 1);
      for (const point of rest) tell('pointermove', point, 1);
      tell('pointerup', stroke.at(-1) ?? first, 0);
    }
  }, strokes);
  await expect(predictionOf(page)).toHaveAttribute('data-state', /^(ready|abstained)$/);
}

/** How many of them the page reads rightly, once the given version answers. */
async function readAll(page: Page, inks: readonly WithheldInk[], version: string): Promise<number> {
  await expect(async () => {
    await page.goto('./#/draw');
    await page.reload();
    await draw(page, inks[0]!);
    await expect(predictionOf(page)).toHaveAttribute('data-model', `hebrew-letters@${version}`, { timeout: 5000 });
  }).toPass({ timeout: 120_000 });
  let right = 0;
  for (const ink of inks) {
    await draw(page, ink);
    if ((await predictionOf(page).getAttribute('data-label')) === ink.label) right++;
  }
  return right;
}

/** Says of each drawing what it is, as a person does, and waits until it is saved. */
async function correctAll(page: Page, inks: readonly WithheldInk[]): Promise<void> {
  await page.getByTestId('feedback-toggle').first().click();
  await page.getByTestId('feedback-consent').click();
  let last = 'none yet';
  for (const ink of inks) {
    await draw(page, ink);
    if ((await predictionOf(page).getAttribute('data-label')) === ink.label) {
      await page.getByTestId('feedback-right').click();
    } else {
      await page.getByTestId('feedback-wrong').click();
      await page.locator(`[data-testid="feedback-choice"][data-label="${ink.label}"]`).first().click();
    }
    const saved = page.getByTestId('feedback-saved');
    await expect(saved).not.toHaveAttribute('data-id', last);
    last = (await saved.getAttribute('data-id')) ?? '';
  }
}

async function sendAll(page: Page, count: number): Promise<void> {
  await page.goto('./#/feedback');
  await page.getByTestId('sync-now').click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-sent', `${count}`, { timeout: 60_000 });
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-waiting', '0');
}

test('letters that no model had seen are read after people corrected them', async ({ browser }) => {
  const kept = process.env['KTAV_LOOP_WORK'];
  const steps = stepsIn(kept ?? mkdtempSync(join(tmpdir(), 'ktav-loop-')), { epochs: 8, again: 5 });
  const inks = steps.pictures() as readonly WithheldInk[];
  const testing = inks.filter(({ hand }) => TESTING.test(hand));
  const seen = new Map<string, number>();
  const correcting = inks.filter(({ hand, label }) => {
    const count = (seen.get(`${hand}/${label}`) ?? 0) + 1;
    seen.set(`${hand}/${label}`, count);
    return !TESTING.test(hand) && count <= CORRECTED;
  });
  steps.firstModel();
  const nginx = await startNginx({ site: steps.site() });
  try {
    const context = await browser.newContext({ baseURL: `${nginx.url}/`, locale: 'en-GB' });
    const page = await context.newPage();
    const before = await readAll(page, testing, '0.0.1');
    console.log(`${before} of ${testing.length} read rightly before`);
    await correctAll(page, correcting);
    await sendAll(page, correcting.length);

    const report = steps.ingest(nginx.inbox());
    expect(report.lines).toMatchObject({ all: correcting.length, accepted: correcting.length, setAside: 0 });
    steps.retrain();
    const verdict = steps.gate();
    steps.serve('0.0.2');
    const after = await readAll(page, testing, '0.0.2');

    const told = `read rightly by the page, of ${testing.length} drawings of hands that corrected nothing: ${before} before, ${after} after ${correcting.length} corrections`;
    writeFileSync(steps.at('loop.md'), `${told}\n\n${verdict}`);
    console.log(`${told}\n${verdict}`);
    expect(before / testing.length).toBeLessThan(0.2);
    expect(after / testing.length).toBeGreaterThan(0.8);
    await context.close();
  } finally {
    await nginx.end();
  }
});
