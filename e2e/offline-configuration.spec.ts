import { expect, firstVisit, readAlef, test } from './support/installed.ts';

test.describe.configure({ timeout: 300_000 });

test('a trial is not taken for the real thing, and mistakes in config.json are told', async ({ page, ownSite }) => {
  ownSite.answer('/config.json', JSON.stringify({ schemaVersion: 1, environment: 'staging', serviceworker: true }));
  await page.goto('./#/about');
  await expect(page.getByTestId('environment')).toHaveAttribute('data-environment', 'staging');
  await expect(page.getByTestId('config-problems').getByRole('listitem')).toHaveText([
    'config.json: serviceworker is not known to this app.',
  ]);
});

test('what is no JSON at all is told, and the app reads as by default', async ({ page, ownSite }) => {
  ownSite.answer('/config.json', '<!doctype html>');
  await page.goto('./#/about');
  await expect(page.getByTestId('config-problems').getByRole('listitem')).toHaveText([/config\.json is no JSON/]);
  await expect(page.getByTestId('environment')).toHaveCount(0);
  await page.goto('./#/draw');
  await readAlef(page);
});

test('what is switched off is not offered, and its address leads to the sheet', async ({ page, ownSite }) => {
  const features = { camera: false, feedback: false };
  ownSite.answer('/config.json', JSON.stringify({ schemaVersion: 1, features }));
  await page.goto('./#/camera');
  await expect(page.getByTestId('draw-surface')).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link')).toHaveCount(4);
  await expect(page.getByTestId('feedback-toggle')).toHaveCount(0);
});

test('the catalog is where config.json says', async ({ page, ownSite, quietPage }) => {
  ownSite.answer('/config.json', JSON.stringify({ schemaVersion: 1, catalogUrl: 'elsewhere/catalog.json' }));
  quietPage.expectNoise(/404/);
  await page.goto('./');
  await expect.poll(() => ownSite.asked).toContain('/elsewhere/catalog.json');
  expect(ownSite.asked).not.toContain('/models/catalog.json');
});

test('without a network the last configuration holds', async ({ page, ownSite, quietPage }) => {
  ownSite.answer('/config.json', JSON.stringify({ schemaVersion: 1, environment: 'development' }));
  await firstVisit(page);
  await ownSite.stop();
  quietPage.expectNoise(/ERR_CONNECTION_REFUSED|NetworkError|Failed to load resource/);
  await page.reload();
  await expect(page.getByTestId('environment')).toHaveAttribute('data-environment', 'development');
});

test('the about screen says what is kept, and how large it is', async ({ page }) => {
  await firstVisit(page);
  await page.goto('./#/about');
  const kept = (kind: string) => page.locator(`[data-testid="kept"][data-kind="${kind}"]`);
  const bytes = async (kind: string) => Number(await kept(kind).getAttribute('data-bytes'));
  await expect(kept('model')).toHaveCount(1);
  expect(await bytes('app')).toBeGreaterThan(500_000);
  expect(await bytes('runtime')).toBeGreaterThan(5_000_000);
  expect(await bytes('model')).toBeGreaterThan(100_000);
  // What answers now is not to be taken away.
  await expect(kept('model').getByRole('button')).toHaveCount(0);
});
