import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publish } from '../deploy/static/publish.ts';
import { openHost } from './support/host.ts';
import { expect, installed, readAlef } from './support/installed.ts';
import { builtSite } from './support/own-site.ts';
import { test as base } from './support/test.ts';

type Published = { readonly folder: string; readonly leftOut: readonly string[] };

/** The folder that Cloudflare Pages is given, at a host that sends what its _headers says. */
const test = base.extend<{ published: Published }>({
  published: async ({}, use) => {
    const dist = builtSite();
    const folder = mkdtempSync(join(tmpdir(), 'ktav-cloudflare-'));
    const leftOut = publish({ dist, out: folder, host: 'cloudflare' });
    await use({ folder, leftOut: leftOut.map(({ path }) => path) });
    for (const each of [dist, folder]) rmSync(each, { recursive: true, force: true });
  },
  baseURL: async ({ published }, use) => {
    const rules = rulesOf(readFileSync(join(published.folder, '_headers'), 'utf8'));
    const host = await openHost(published.folder, (path) =>
      Object.fromEntries(rules.filter(({ prefix }) => path.startsWith(prefix)).flatMap(({ headers }) => headers)),
    );
    await use(`${host.origin}/`);
    await host.stop();
  },
  serviceWorkers: 'allow',
});

/** Rules of a _headers file whose paths end in a star. */
function rulesOf(text: string) {
  return text
    .split(/^(?=\/)/m)
    .slice(1)
    .map((rule) => {
      const [path = '', ...lines] = rule.trimEnd().split('\n');
      const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 2)]);
      return { prefix: path.replace(/\*$/, ''), headers };
    });
}

test.describe.configure({ timeout: 300_000 });

test('no file is too large for Cloudflare: the page reads there, and is kept for later', async ({
  page,
  published,
}) => {
  expect(published.leftOut).toEqual([]);
  await page.goto('./');
  await readAlef(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await installed(page);
  await page.reload();
  await readAlef(page);
});

test('who chooses WebGPU there has another backend answer', async ({ page, quietPage }) => {
  quietPage.expectNoise(/404/);
  await page.goto('./?backend=webgpu');
  await readAlef(page);
});
