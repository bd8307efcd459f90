import { createHash } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { openRecords, savedId, turnOn } from './support/feedback.ts';
import { expect, installed, readAlef, test } from './support/installed.ts';
import type { OwnSite } from './support/own-site.ts';

/** A record that could not be sent, which the page has left to the service worker. */
async function leftBehind(page: Page, ownSite: OwnSite): Promise<void> {
  const sync = { profile: 'nginx', baseUrl: '/', app: 'ktav' };
  ownSite.answer('/config.json', JSON.stringify({ schemaVersion: 1, sync }));
  ownSite.inbox.status = 503;
  await page.goto('./?lang=en');
  await installed(page);
  await turnOn(page);
  await readAlef(page);
  await page.getByTestId('feedback-right').click();
  await savedId(page);
  await expect.poll(() => page.evaluate(hasErrand)).toBe(true);
}

async function hasErrand(): Promise<boolean> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
  const database = await answer(indexedDB.open('ktav-feedback /'));
  const count = await answer(database.transaction('notes').objectStore('notes').count('errand'));
  database.close();
  return count > 0;
}

/**
 * Closes the page, and mends the inbox. What comes back is the browser's word to the service worker that there is a
 * network; it is given again and again, as browsers do, since a page that was just closed may still count as open.
 */
async function closePage(context: BrowserContext, page: Page, { url, inbox }: OwnSite): Promise<() => Promise<void>> {
  const other = await context.newPage();
  const session = await context.newCDPSession(other);
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === url);
      if (ours !== undefined) resolve(ours.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await found;
  await page.close();
  inbox.status = 201;
  inbox.puts.length = 0;
  const event = { origin: new URL(url).origin, registrationId, tag: 'ktav-sync', lastChance: false };
  return async () => {
    await session.send('ServiceWorker.dispatchSyncEvent', event);
    await other.waitForTimeout(500);
  };
}

/** Longer than it takes in the first of these tests. */
async function wakeForAWhile(wake: () => Promise<void>): Promise<void> {
  for (let times = 0; times < 10; times++) await wake();
}

test.describe.configure({ timeout: 300_000 });

test('the page is closed before there is a connection: the service worker sends, once, and the next visit knows', async ({
  page,
  context,
  ownSite,
  quietPage,
}) => {
  quietPage.expectNoise(/503/);
  await leftBehind(page, ownSite);
  const wake = await closePage(context, page, ownSite);
  const { puts } = ownSite.inbox;
  await expect
    .poll(async () => {
      await wake();
      return puts.length;
    })
    .toBe(1);
  const [{ path, body } = { path: '', body: Buffer.alloc(0) }] = puts;
  expect(path).toContain(`/${createHash('sha256').update(body).digest('hex')}.ndjson`);

  const next = await context.newPage();
  await next.goto('./?lang=en');
  await openRecords(next);
  await expect(next.getByTestId('outbox')).toHaveAttribute('data-sent', '1');
  await expect(next.getByTestId('outbox')).toHaveAttribute('data-waiting', '0');
  expect(puts).toHaveLength(1);
});

test('a person who turned it off: nothing leaves, though the browser wakes the service worker', async ({
  page,
  context,
  ownSite,
  quietPage,
}) => {
  quietPage.expectNoise(/503/);
  await leftBehind(page, ownSite);
  await page.getByTestId('feedback-toggle').click();
  await expect.poll(() => page.evaluate(hasErrand)).toBe(false);
  await wakeForAWhile(await closePage(context, page, ownSite));
  expect(ownSite.inbox.puts).toEqual([]);
});

test('a site that switched feedback off: nothing leaves', async ({ page, context, ownSite, quietPage }) => {
  quietPage.expectNoise(/503/);
  await leftBehind(page, ownSite);
  ownSite.answer('/config.json', JSON.stringify({ schemaVersion: 1, features: { feedback: false } }));
  const wake = await closePage(context, page, ownSite);
  ownSite.asked.length = 0;
  await expect
    .poll(async () => {
      await wake();
      return ownSite.asked;
    })
    .toContain('/config.json');
  await wakeForAWhile(wake);
  expect(ownSite.inbox.puts).toEqual([]);
});
