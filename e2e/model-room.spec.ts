import { startModelHost } from './harness/model-host.ts';
import { expect, test as base } from './support/test.ts';

type Host = Awaited<ReturnType<typeof startModelHost>>;

/** The model room in a real browser, against a host that compresses, knows ranges, and can break off. */
const test = base.extend<{ baseURL: string }, { host: Host }>({
  host: [
    async ({}, use) => {
      const host = await startModelHost();
      await use(host);
      await host.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ host }, use) => {
    host.seen();
    await use(host.url);
  },
});

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
});

test('Cache Storage keeps to the contract of every store', async ({ page }) => {
  const situations = await page.evaluate(() => window.modelRoom.situations);
  expect(situations.length).toBeGreaterThan(5);
  for (const situation of situations) {
    await test.step(situation, () => page.evaluate((one) => window.modelRoom.keepContract(one), situation));
  }
});

test('a full disk is said by our own error, and what was there stays', async ({ page, baseURL }) => {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(baseURL).origin;
  await page.exposeFunction('fillDisk', () =>
    session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 }),
  );
  await page.evaluate(() =>
    window.modelRoom.keepFullContract(() => (window as unknown as { fillDisk(): Promise<void> }).fillDisk()),
  );
});

test('a device without room still gets its model', async ({ page, baseURL }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL).origin, quotaSize: 1 });
  expect(await page.evaluate(() => window.modelRoom.visit('int8'))).toMatchObject({
    version: '1.0.0',
    code: null,
    notes: ['quota-exceeded'],
  });
});

test('a first visit takes the compressed file and counts the bytes of the manifest', async ({ page, host }) => {
  const visit = await page.evaluate(() => window.modelRoom.visit('int8'));
  expect(visit).toMatchObject({ version: '1.0.0', code: null, notes: [] });
  expect(visit.progress.at(-1)).toEqual({
    file: 'int8',
    loadedBytes: visit.bytes,
    totalBytes: visit.bytes,
    from: 'network',
  });
  expect(host.seen().at(-1)).toMatchObject({ range: null, encodings: expect.stringContaining('br') });
});

test('killed mid-download: the next visit fetches only the rest, uncompressed', async ({ page, host, quietPage }) => {
  quietPage.expectNoise(/ERR_/);
  // The connection breaks, and the page is gone before it can try again.
  await page.route('**/int8.onnx', (route) =>
    route.request().headers()['range'] === undefined ? route.fallback() : route.abort(),
  );
  host.lose.set('fixture/1.0.0/int8.onnx', 100_000);
  const first = await page.evaluate(() => window.modelRoom.visit('int8'));
  expect(first.code).toBe('offline');
  const arrived = first.progress.at(-1)?.loadedBytes ?? 0;
  expect(arrived).toBeGreaterThan(10_000);
  await page.unroute('**/int8.onnx');
  host.seen();

  await page.reload();
  const second = await page.evaluate(() => window.modelRoom.visit('int8'));
  expect(second).toMatchObject({ version: '1.0.0', code: null });
  expect(second.progress[0]).toMatchObject({ loadedBytes: arrived, from: 'network' });
  // The browser asks for the part unencoded, as the Fetch standard wants; that is what makes the count right.
  expect(host.seen().filter(({ path }) => path.endsWith('.onnx'))).toEqual([
    { path: 'fixture/1.0.0/int8.onnx', range: `bytes=${arrived}-`, encodings: 'identity' },
  ]);
});

test('a lost connection is taken up again in the same visit', async ({ page, host, quietPage }) => {
  quietPage.expectNoise(/ERR_/);
  host.lose.set('fixture/1.0.0/int8.onnx', 150_000);
  expect(await page.evaluate(() => window.modelRoom.visit('int8'))).toMatchObject({ version: '1.0.0', code: null });
  expect(host.seen().filter(({ path }) => path.endsWith('.onnx'))).toHaveLength(2);
});

test('offline after a first visit: catalog, manifest and model come from the cache', async ({
  page,
  context,
  quietPage,
}) => {
  quietPage.expectNoise(/ERR_INTERNET_DISCONNECTED/);
  await page.evaluate(() => window.modelRoom.visit('int8'));
  await context.setOffline(true);
  const visit = await page.evaluate(() => window.modelRoom.visit('int8'));
  expect(visit).toMatchObject({ version: '1.0.0', code: null, notes: ['offline'] });
  expect(visit.progress).toEqual([{ file: 'int8', loadedBytes: visit.bytes, totalBytes: visit.bytes, from: 'cache' }]);
});
