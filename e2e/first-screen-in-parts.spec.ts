import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** Runs in the page: notes what is new in each batch of changes, which a browser tells of once a task. */
function watchParts(): void {
  const parts = {
    sheet: '[data-testid=draw-surface]',
    header: '[data-testid=language]',
    tools: '[role=toolbar]',
    answer: '[data-testid=prediction]',
    rest: '[data-testid=upload]',
  };
  const batches: string[] = [];
  Object.assign(globalThis, { batches });
  const missing = new Map(Object.entries(parts));
  new MutationObserver(() => {
    const found = [...missing].filter(([, selector]) => document.querySelector(selector) !== null);
    for (const [name] of found) missing.delete(name);
    if (found.length > 0) batches.push(found.map(([name]) => name).join(' and '));
  }).observe(document, { subtree: true, childList: true });
}

test('the first screen comes in parts, the sheet first, so that no part keeps the finger waiting', async ({ page }) => {
  await page.addInitScript(watchParts);
  await page.goto('./');
  await expect(page.getByTestId('upload')).toBeAttached();
  const batches = await page.evaluate(() => (globalThis as unknown as { readonly batches: string[] }).batches);
  expect(batches).toEqual(['sheet', 'header', 'tools', 'answer', 'rest']);
});

test('words are laid out before any script asks for them, where they are not shown yet either', async ({ page }) => {
  const never = new Promise<void>(() => undefined);
  await page.route('**/assets/*.js', () => never);
  await page.goto('./', { waitUntil: 'commit' });
  const words = page.locator('.first-paper [lang=en] .verdict__advice');
  await expect.poll(() => words.evaluate((one) => one.getBoundingClientRect().height)).toBeGreaterThan(0);
  await expect(words).toBeHidden();
  // It takes no place either: nothing to scroll to.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
});

test('the first script is no part of parsing the page, which lays it out in the same task', async ({ page }) => {
  await page.goto('./');
  const first = page.locator('script[type=module]').first();
  await expect(first).toHaveJSProperty('async', true);
  // It needs the page's own elements, which have to stand before it.
  expect(
    await first.evaluate((script) => {
      const root = document.getElementById('root');
      return root !== null && (root.compareDocumentPosition(script) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
    }),
  ).toBe(true);
});

test('who comes back to the sheet has it whole at once', async ({ page }) => {
  await page.goto('./#/letters');
  await expect(page.getByTestId('letter').first()).toBeVisible();
  await page.evaluate(watchParts);
  await page.evaluate(() => void (location.hash = '#/draw'));
  await expect(page.getByTestId('prediction')).toBeAttached();
  const batches = await page.evaluate(() => (globalThis as unknown as { readonly batches: string[] }).batches);
  expect(batches.join('; ')).toContain('sheet and header and tools and answer');
});

test('the canvas library comes with the first answer, and not to who writes nothing', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const library = (): readonly string[] => asked.filter((url) => url.includes('/SheetCanvas-'));
  await page.goto('./');
  await expect(page.getByTestId('model-progress')).toBeVisible();
  await expect(page.getByTestId('model-progress')).toHaveCount(0, { timeout: 90_000 });
  // Nothing is under way any more.
  await page.waitForLoadState('networkidle');
  expect(library()).toEqual([]);
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef', { timeout: 90_000 });
  await expect(page.locator('.sheet canvas')).not.toHaveCount(1);
  expect(library()).toHaveLength(1);
});
