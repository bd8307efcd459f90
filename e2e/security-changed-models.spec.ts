import type { Page } from '@playwright/test';
import { message, text } from '#model/onnx.fixture';
import { hashOf, utf8 } from '#model/package.fixture';
import { joined, pack } from '#model/packed.fixture';
import { predictionOf, sheetOf, write, alef } from './support/hand.ts';
import { comesToRead, expect, firstVisit, readAlef, test } from './support/signed-site.ts';
import type { SignedSite } from './support/signed-site.ts';

test.describe.configure({ timeout: 700_000 });

const flipped = (bytes: Uint8Array): Uint8Array => {
  const at = Math.floor(bytes.length / 2);
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
};
const cut = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, Math.floor(bytes.length / 2));

type Harm = readonly [what: string, code: string, does: (models: SignedSite) => void];

/** Each begins with the newer version published, whole and signed. */
const harms: readonly Harm[] = [
  [
    'a flipped bit in the catalog',
    'catalog-untrusted',
    (m) => m.write('catalog.json', flipped(m.read('catalog.json'))),
  ],
  ['a cut catalog', 'catalog-untrusted', (m) => m.write('catalog.json', cut(m.read('catalog.json')))],
  [
    'a flipped bit in the signature',
    'catalog-untrusted',
    (m) => m.write('catalog.json.sig', flipped(m.read('catalog.json.sig'))),
  ],
  ['no signature', 'catalog-untrusted', (m) => m.write('catalog.json.sig', null)],
  [
    'a flipped bit in the manifest',
    'hash-mismatch',
    (m) => m.write(`${m.folderOf(m.newer)}manifest.json`, flipped(m.read(`${m.folderOf(m.newer)}manifest.json`))),
  ],
  [
    "another version's manifest",
    'hash-mismatch',
    (m) => m.write(`${m.folderOf(m.newer)}manifest.json`, m.read(`${m.folderOf(m.older)}manifest.json`)),
  ],
];

/** Of the model itself; the first visit takes the packed file by WebGL, a later one the other by WASM. */
const files = ['model.int8.onnx', 'model.packed'];
const harmsOfBytes: readonly Harm[] = [
  ['a flipped bit in the model', 'hash-mismatch', (m) => spoilModel(m, (path) => flipped(m.read(path)))],
  ['a cut model', 'hash-mismatch', (m) => spoilModel(m, (path) => cut(m.read(path)))],
  [
    "another version's model",
    'hash-mismatch',
    (m) => spoilModel(m, (path) => m.read(path.replace(m.folderOf(m.newer), m.folderOf(m.older)))),
  ],
];

function spoilModel(models: SignedSite, spoil: (path: string) => Uint8Array): void {
  const folder = models.folderOf(models.newer);
  for (const path of files.map((file) => folder + file)) models.write(path, spoil(path));
}

/** Does harm to the newer version, and makes good what it did. */
async function under(models: SignedSite, [what, , does]: Harm, look: () => Promise<void>): Promise<void> {
  models.publish(models.newer);
  const names = [
    'catalog.json',
    'catalog.json.sig',
    ...['manifest.json', ...files].map((one) => models.folderOf(models.newer) + one),
  ];
  const before = names.map((name) => [name, models.read(name)] as const);
  does(models);
  await test.step(what, look);
  for (const [name, bytes] of before) models.write(name, bytes);
}

const noteOf = (page: Page, code: string) => page.locator(`[data-testid="model-note"][data-code="${code}"]`);

/** The page says in words what was refused, and the version of before reads on. */
async function readsOn(page: Page, version: string, code: string): Promise<void> {
  await page.goto('./#/draw');
  const notice = page.locator('[data-testid="notice"][data-topic="model-refused"]');
  // The server is asked within three seconds of the start, answer or not.
  await expect(async () => {
    await page.reload();
    await expect(notice).toContainText(`Version ${version} was checked and reads on.`, { timeout: 15_000 });
  }).toPass({ timeout: 60_000 });
  await notice.getByRole('button', { name: 'Got it' }).click();
  await expect(notice).toHaveCount(0);
  await readAlef(page);
  await expect(predictionOf(page)).toHaveAttribute('data-model', `hebrew-letters@${version}`);
  await page.goto('./#/about');
  await expect(noteOf(page, code)).toHaveAttribute('data-kind', 'refused');
  await expect(noteOf(page, code)).toContainText(/so it is not used/);
  await expect(noteOf(page, code)).toContainText(`Version ${version} was checked and reads on.`);
}

test('a device that was here before reads on with what it checked, whatever is done to the newer version', async ({
  page,
  models,
  ownSite,
  quietPage,
}) => {
  quietPage.expectNoise(/404|ERR_CONNECTION_REFUSED|NetworkError|Failed to load resource/);
  await firstVisit(page);
  for (const harm of [...harms, ...harmsOfBytes]) {
    await under(models, harm, () => readsOn(page, models.older, harm[1]));
  }
  await test.step('no network at all', async () => {
    await ownSite.stop();
    await page.goto('./#/draw');
    await page.reload();
    await readAlef(page);
    await expect(predictionOf(page)).toHaveAttribute('data-model', `hebrew-letters@${models.older}`);
    await ownSite.start();
  });
  // The newest catalog that was seen holds: it names the newer version, whose files are whole again.
  await test.step('an older catalog than was seen, which names the older version', async () => {
    models.publish(models.older, { revision: 3 });
    await readsOn(page, models.newer, 'catalog-untrusted');
  });
  await test.step('what is whole and signed is taken again, without a word', async () => {
    models.publish(models.newer);
    await page.goto('./#/draw');
    await page.reload();
    await comesToRead(page, models.newer);
    await page.goto('./#/about');
    await expect(page.getByTestId('engine')).toHaveAttribute('data-phase', 'ready');
    await expect(page.getByTestId('model-note')).toHaveCount(0);
  });
});

test('a first visit reads nothing, and the screen says what is wrong', async ({ page, models, quietPage }) => {
  quietPage.expectNoise(/404/);
  for (const harm of [...harms, ...harmsOfBytes]) {
    await under(models, harm, async () => {
      await page.goto('./#/draw');
      await page.reload();
      await expect(sheetOf(page)).toBeVisible();
      await write(page, alef);
      await expect(predictionOf(page)).toHaveAttribute('data-state', 'error', { timeout: 60_000 });
      await expect(predictionOf(page)).toHaveAttribute('data-error', harm[1]);
      await expect(predictionOf(page)).toContainText(/so it is not used/);
      await expect(predictionOf(page).getByRole('button', { name: 'Try again' })).toBeVisible();
    });
  }
});

/** The newer version as whoever holds the key might publish it: whole, signed, and with a function of its own inside. */
function makeUnsafe(models: SignedSite): void {
  const folder = models.folderOf(models.newer);
  const manifest = JSON.parse(models.read(`${folder}manifest.json`).toString('utf8'));
  const unsafe = joined([models.read(`${folder}model.int8.onnx`), message(25, text(1, 'anything'))]);
  for (const file of manifest.files) {
    const bytes = file.role === 'packed' ? pack([{ kind: 'copy', bytes: unsafe }]) : unsafe;
    Object.assign(file, { bytes: bytes.length, sha256: hashOf(bytes) });
    if (file.role === 'packed') file.expanded = { bytes: unsafe.length, sha256: hashOf(unsafe) };
    models.write(folder + file.path, bytes);
  }
  models.write(`${folder}manifest.json`, utf8(manifest));
  models.publish(models.newer);
}

test('a signed model that asks for more than reading is not used', async ({ page, models }) => {
  await firstVisit(page);
  makeUnsafe(models);
  await readsOn(page, models.older, 'model-unsafe');
});

test('a first visit that meets one reads nothing, and the screen says why', async ({ page, models }) => {
  makeUnsafe(models);
  await page.goto('./');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-error', 'model-unsafe', { timeout: 60_000 });
  await expect(predictionOf(page)).toContainText('The model asks for something that Ktav does not run');
});

for (const language of ['en', 'he'] as const) {
  test(`a list that is past its date is told of where the model is told of, and reading goes on: ${language}`, async ({
    page,
    models,
  }) => {
    models.publish(models.older, { expires: '2020-01-01T00:00:00.000Z' });
    await page.goto(`./?lang=${language}`);
    await readAlef(page);
    await expect(page.getByTestId('notice')).toHaveCount(0);
    await page.evaluate(() => window.location.assign('#/about'));
    const note = noteOf(page, 'catalog-expired');
    await expect(note).toHaveAttribute('data-kind', 'expired');
    await expect(note).toContainText(language === 'he' ? 'ממשיכה לקרוא' : 'reads on');
    await expect(note).toContainText('2020-01-01');
  });
}

test('an unsigned catalog is taken in development alone, under its badge', async ({ page, models, quietPage }) => {
  quietPage.expectNoise(/404/);
  models.write('catalog.json.sig', null);
  for (const environment of ['staging', 'production']) {
    models.configure({ environment });
    await page.goto('./');
    await page.reload();
    await write(page, alef);
    await expect(predictionOf(page)).toHaveAttribute('data-error', 'catalog-untrusted', { timeout: 60_000 });
  }
  models.configure({ environment: 'development' });
  // A device may go by the configuration of its last visit once more.
  await expect(async () => {
    await page.reload();
    await expect(sheetOf(page)).toBeVisible();
    await write(page, alef);
    await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef', { timeout: 15_000 });
  }).toPass({ timeout: 90_000 });
  await expect(page.getByTestId('environment')).toHaveAttribute('data-environment', 'development');
  await expect(page.getByTestId('environment')).toBeVisible();
});
