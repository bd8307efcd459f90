import { expect, firstVisit, test } from './support/installed.ts';
import { picture, predictions } from './support/pictures.ts';

test.describe.configure({ timeout: 300_000 });

test('pictures shared from the gallery are read on the upload screen', async ({ page, context, ownSite }) => {
  await firstVisit(page);
  // What the system does with share_target: it sends a form to the app.
  const gallery = await context.newPage();
  await gallery.setContent(
    `<form method="post" enctype="multipart/form-data" action="${ownSite.url}share">
       <input type="file" name="pictures" multiple><button>share</button>
     </form>`,
  );
  await gallery.locator('input').setInputFiles([picture('alef.png'), picture('lamed.webp')]);
  await gallery.getByRole('button', { name: 'share' }).click();
  await expect(gallery).toHaveURL(`${ownSite.url}#/upload`);
  await expect(predictions(gallery)).toHaveCount(2);
  await expect(predictions(gallery).nth(0)).toHaveAttribute('data-label', 'alef', { timeout: 60_000 });
  await expect(predictions(gallery).nth(1)).toHaveAttribute('data-label', 'lamed', { timeout: 60_000 });
  await expect(gallery.getByRole('article', { name: 'lamed.webp' })).toBeVisible();
  // They are kept for one page, once.
  await expect
    .poll(() => gallery.evaluate(async () => (await caches.keys()).some((name) => name.startsWith('ktav-shared'))))
    .toBe(false);
});

test('a share that failed says so, and what to do', async ({ page, ownSite }) => {
  await page.goto(`${ownSite.url}?shared=failed#/upload`);
  await expect(page.getByTestId('notice')).toHaveAttribute('data-topic', 'share-failed');
  await expect(page).toHaveURL(`${ownSite.url}#/upload`);
  await page.getByTestId('notice').getByRole('button').click();
  await expect(page.getByTestId('notice')).toHaveCount(0);
});
