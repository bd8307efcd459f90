import { violationsOn } from './support/audit.ts';
import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

const screens = ['draw', 'upload', 'camera', 'letters', 'about'];

for (const language of ['en', 'he']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ colorScheme });

      test('axe finds nothing on any screen', async ({ page, quietPage }) => {
        // axe looks at five screens, and the machine may be busy.
        test.slow();
        // Machines without a camera say so.
        quietPage.expectNoise(/camera|device not found/i);
        await page.goto(`./?lang=${language}`);
        for (const screen of screens) {
          await page.evaluate((hash) => window.location.assign(hash), `#/${screen}`);
          await expect(page.locator(`a[href="#/${screen}"][aria-current]`)).toBeAttached();
          await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
          expect(await violationsOn(page), screen).toEqual([]);
        }
      });

      test('axe finds nothing on an answer with its panels open', async ({ page }) => {
        await page.goto(`./?lang=${language}`);
        await write(page, alef);
        await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
        for (const trigger of await page.locator('.panel__trigger').all()) await trigger.click();
        await page.locator('.candidates__more').click();
        expect(await violationsOn(page)).toEqual([]);
      });
    });
  }
}

test('the answer is announced once it has settled, not while the pen writes', async ({ page }) => {
  await page.goto('./?lang=en');
  const spoken = predictionOf(page).getByRole('status');
  await write(page, alef);
  await expect(spoken).toHaveText(/^Alef, \d+%, /);
});

test('with reduced motion there is nothing to play on the letter cards', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./?lang=en#/letters');
  await expect(page.getByTestId('letter')).toHaveCount(27);
  await expect(page.getByRole('button', { name: 'Watch' })).toHaveCount(0);
});

test('with motion a letter is written before the eyes', async ({ page }) => {
  await page.goto('./?lang=en#/letters');
  const card = page.getByTestId('letter').first();
  // Whoever looks for what moves may come when it is over; its beginning is told.
  const begun = card.evaluate(
    (node) => new Promise((resolve) => node.addEventListener('animationstart', () => resolve('begun'), { once: true })),
  );
  await card.getByRole('button', { name: 'Watch' }).click();
  expect(await begun).toBe('begun');
  const stroke = card.locator('.example__stroke').first();
  await expect.poll(() => stroke.evaluate((path) => getComputedStyle(path).strokeDashoffset)).toBe('0px');
});
