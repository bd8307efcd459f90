import { expect, firstVisit, readAlef, test } from './support/installed.ts';

test.describe.configure({ timeout: 300_000 });

const rounds = Number(process.env['KTAV_OFFLINE_ROUNDS'] ?? 3);

test('with the server gone, the page loads again and reads, every time', async ({ page, ownSite, quietPage }) => {
  test.setTimeout(120_000 + rounds * 60_000);
  await firstVisit(page);
  await ownSite.stop();
  // config.json and the catalog are asked for in vain.
  quietPage.expectNoise(/ERR_CONNECTION_REFUSED|NetworkError|Failed to load resource/);
  for (let round = 0; round < rounds; round++) {
    await test.step(`round ${round + 1}`, async () => {
      await page.reload();
      await readAlef(page);
    });
  }
});

test('with the server gone, every screen opens', async ({ page, ownSite, quietPage }) => {
  await firstVisit(page);
  await ownSite.stop();
  quietPage.expectNoise(/ERR_CONNECTION_REFUSED|NetworkError|Failed to load resource/);
  for (const route of ['upload', 'camera', 'letters', 'about']) {
    await page.goto(`./?lang=en#/${route}`);
    // Not at once: a load that is broken off is reported by Firefox as the service worker's failure.
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

test('a visit does not ask for the app again, only for what may have changed', async ({ page, ownSite }) => {
  await firstVisit(page);
  ownSite.asked.length = 0;
  await page.reload();
  await readAlef(page);
  const allowed = [
    '/config.json',
    '/models/catalog.json',
    '/models/catalog.json.sig',
    '/sw.js',
    '/ktav.webmanifest',
    '/icon.svg',
  ];
  expect(ownSite.asked.filter((path) => !allowed.includes(path))).toEqual([]);
});
