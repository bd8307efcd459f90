import { expect, test } from './support/test.ts';

// Only here: Chromium goes by the language of its own interface, and the machine's speaks English alone.
test.use({
  locale: 'he-IL',
  viewport: { width: 412, height: 823 },
  launchOptions: {
    executablePath: process.env['KTAV_FIREFOX'] ?? '/usr/bin/firefox-esr',
    firefoxUserPrefs: { 'intl.accept_languages': 'he-IL' },
  },
});

test('before any script is there the page speaks Hebrew to who reads Hebrew', async ({ page }) => {
  let letThrough = (): void => undefined;
  const opened = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/assets/*.js', async (route) => {
    await opened;
    await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  const hints = page.locator('.first-paper .verdict__advice').filter({ visible: true });
  await expect(hints).toHaveCount(1);
  await expect(hints).toContainText('קורא תוך כדי');
  letThrough();
  await expect(page.getByTestId('prediction')).toContainText('קורא תוך כדי');
});
