import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** What the page may not do, each by the road that an injected text would take. */
const roads: Readonly<Record<string, () => unknown>> = {
  'a text as markup': () => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'),
  'a text as a script': () => (document.createElement('script').text = 'alert(1)'),
  'the address of a script': () => (document.createElement('script').src = 'assets/anything.js'),
  'a worker by address': () => new Worker('assets/anything.js'),
  'a worker out of a text': () => new Worker(URL.createObjectURL(new Blob(['1']))),
  'another document': () => (document.createElement('iframe').srcdoc = '<script>alert(1)</script>'),
  'a policy of another name': () => Reflect.get(globalThis, 'trustedTypes').createPolicy('anything', {}),
  'a second policy of our name': () => Reflect.get(globalThis, 'trustedTypes').createPolicy('ktav-engine', {}),
};

for (const [road, take] of Object.entries(roads)) {
  test(`refused: ${road}`, async ({ page, quietPage }) => {
    quietPage.expectNoise(/policy broken|Trusted|Content Security Policy/i);
    await page.goto('./');
    // By now the page has made its own policy.
    await expect(page.getByTestId('draw-surface')).toBeVisible();
    await expect(page.evaluate(take)).rejects.toThrow();
  });
}

test('the page reads a letter under the policy, and breaks none of it', async ({ page }) => {
  await page.goto('./');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
});
