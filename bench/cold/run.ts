/**
 * `npm run bench:cold [-- --dist folder] [--visits 5]`: first visits to the built page with a fresh profile, behind a
 * line of 1.6 Mbit/s and 150 ms. A stroke is written as soon as there is a sheet; the clock runs from navigation to
 * the answer, and the bytes are all that the server sent until then, heads of answers included.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import type { Browser } from 'playwright';
import { chromiumArgs } from '../../e2e/support/chromium.ts';
import { findBrowser } from '../../scripts/find-browser.ts';
import { median } from '../figures.ts';
import { serveShaped } from './shaped-site.ts';
import type { ShapedSite } from './shaped-site.ts';

const { values } = parseArgs({
  options: { dist: { type: 'string', default: 'dist' }, visits: { type: 'string', default: '5' } },
});
type Visit = { readonly sheet: number; readonly answer: number; readonly bytes: number; readonly backend: string };
const PATIENCE_MS = 90_000;

async function visit(browser: Browser, site: ShapedSite): Promise<Visit> {
  site.reset();
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.goto(site.url, { waitUntil: 'commit' });
    const surface = page.getByTestId('draw-surface');
    await surface.waitFor();
    const sheet = await page.evaluate(() => performance.now());
    const box = await surface.boundingBox();
    if (box === null) throw new Error('there is no sheet to write on');
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.35);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.65, { steps: 6 });
    await page.mouse.up();
    const prediction = page.locator('[data-testid=prediction]:is([data-state=ready], [data-state=abstained])');
    await prediction.waitFor({ timeout: PATIENCE_MS });
    const bytes = site.sent();
    const answer = await page.evaluate(() => performance.now());
    return { sheet, answer, bytes, backend: (await prediction.getAttribute('data-backend')) ?? '' };
  } finally {
    await context.close();
  }
}

const browser = await chromium.launch({ executablePath: findBrowser(), args: [...chromiumArgs] });
const sites = { br: await serveShaped(values.dist, 'br'), gzip: await serveShaped(values.dist, 'gzip') };
try {
  const visits: Readonly<Record<keyof typeof sites, Visit[]>> = { br: [], gzip: [] };
  for (let round = 0; round < Number(values.visits); round++) {
    for (const encoding of ['br', 'gzip'] as const) visits[encoding].push(await visit(browser, sites[encoding]));
  }
  for (const encoding of ['br', 'gzip'] as const) {
    const of = (key: 'sheet' | 'answer' | 'bytes'): number =>
      Math.round(median(visits[encoding].map((one) => one[key])));
    const by = [...new Set(visits[encoding].map(({ backend }) => backend))].join(', ');
    console.log(
      `${encoding}: sheet ${of('sheet')} ms, answer ${of('answer')} ms by ${by}, ${of('bytes')} bytes until then`,
    );
  }
} finally {
  await browser.close();
  await Promise.all([sites.br.close(), sites.gzip.close()]);
}
