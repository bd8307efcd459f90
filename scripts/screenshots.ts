/**
 * `npx tsx scripts/screenshots.ts URL`: makes the pictures for the web manifest, public/screenshots/, from a page that is
 * served there. Run it again when the page looks different; the results are committed.
 */
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright';
import { chromiumArgs } from '../e2e/support/chromium.ts';
import { alef, predictionOf, write } from '../e2e/support/hand.ts';
import { findBrowser } from './find-browser.ts';

const url = process.argv[2];
if (url === undefined) {
  console.error(
    'Name the address of a Ktav that is being served: npx tsx scripts/screenshots.ts http://127.0.0.1:4173/',
  );
  process.exit(2);
}

/** As the manifest says: sizes in pixels of the picture, and what kind of screen they show. */
const shots = [
  { name: 'narrow', width: 360, height: 740, scale: 2 },
  { name: 'wide', width: 1280, height: 800, scale: 1 },
] as const;

const folder = new URL('../public/screenshots/', import.meta.url);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...chromiumArgs] });
for (const { name, width, height, scale } of shots) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: 'light',
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.goto(`${url}?lang=en`);
  await write(page, alef);
  await predictionOf(page).and(page.locator('[data-state="ready"]')).waitFor({ timeout: 180_000 });
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname });
  await context.close();
}
await browser.close();
