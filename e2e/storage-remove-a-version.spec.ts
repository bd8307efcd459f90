import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { predictionOf } from './support/hand.ts';
import { expect, firstVisit, readAlef, test } from './support/signed-site.ts';
import type { SignedSite } from './support/signed-site.ts';

test.describe.configure({ timeout: 300_000 });

const keptOf = (page: Page, version: string) =>
  page.locator(`[data-testid="kept"][data-kind="model"][data-version="${version}"]`);

/** Which model files of a version lie in Cache Storage, whatever the screen says. */
async function filesOf(page: Page, models: SignedSite, version: string): Promise<readonly string[]> {
  const urls = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => url);
  });
  return ['model.int8.onnx', 'model.packed'].filter((name) => {
    const bytes = models.read(models.folderOf(version) + name);
    const hash = createHash('sha256').update(bytes).digest('hex');
    return urls.some((url) => url.includes(hash));
  });
}

test('a version that no tab reads with is taken off the device by keys alone, after one question', async ({
  page,
  models,
  ownSite,
  quietPage,
}) => {
  quietPage.expectNoise(/ERR_CONNECTION_REFUSED|NetworkError|Failed to load resource/);
  await firstVisit(page);
  const otherTab = await page.context().newPage();
  const list = ['/models/catalog.json', '/models/catalog.json.sig'];
  ownSite.asked.length = 0;
  await otherTab.goto('./');
  await readAlef(otherTab);
  // It asks after its answer, and is to hear of the older version.
  await expect.poll(() => list.every((path) => ownSite.asked.includes(path))).toBe(true);
  models.publish(models.newer);
  await page.goto('./#/about');
  const older = keptOf(page, models.older);
  const newer = keptOf(page, models.newer);
  // It takes over in the midst of a visit; what the screen counted before that it counts anew in the next one.
  await expect(async () => {
    await page.reload();
    await expect(newer).toHaveAttribute('data-use', 'here', { timeout: 20_000 });
  }).toPass({ timeout: 80_000 });

  await test.step('what another tab reads with stays', async () => {
    await page.reload();
    await expect(newer).toHaveAttribute('data-use', 'here');
    await expect(older).toHaveAttribute('data-use', 'elsewhere');
    await expect(older.getByRole('button')).toHaveCount(0);
    await otherTab.close();
    // The browser lets go of what a closed tab held when it comes to it.
    await expect(async () => {
      await page.reload();
      await expect(older).toHaveAttribute('data-use', 'none', { timeout: 10_000 });
    }).toPass({ timeout: 80_000 });
  });

  const remove = older.getByTestId('remove-version');
  const question = page.getByRole('alertdialog');
  await test.step('Escape leaves everything as it is', async () => {
    await remove.focus();
    await page.keyboard.press('Enter');
    await expect(question).toHaveAccessibleName(`Remove version ${models.older} of hebrew-letters?`);
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await expect(remove).toBeFocused();
    expect(await filesOf(page, models, models.older)).not.toEqual([]);
  });

  await test.step('what is agreed to goes, and only that', async () => {
    await page.keyboard.press('Enter');
    await expect(question).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByTestId('remove-version-yes')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(older).toHaveCount(0);
    await expect(page.getByTestId('storage').getByRole('status')).toHaveText(
      `Version ${models.older} was removed. It is downloaded again if it is needed.`,
    );
    await expect(page.getByRole('heading', { name: 'What is kept on this device' })).toBeFocused();
    expect(await filesOf(page, models, models.older)).toEqual([]);
    expect(await filesOf(page, models, models.newer)).not.toEqual([]);
  });

  await test.step('the newer one reads on, without a network too', async () => {
    await ownSite.stop();
    await page.goto('./#/draw');
    await page.reload();
    await readAlef(page);
    await expect(predictionOf(page)).toHaveAttribute('data-model', `hebrew-letters@${models.newer}`);
  });
});
