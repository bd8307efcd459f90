import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageFiles } from '#model/package.fixture';
import { standingOf } from '#model/trust';
import { trustedKeys } from '#model/trusted-keys';
import { verifySignature } from './verify/signature.ts';

const folder = mkdtempSync(join(tmpdir(), 'ktav-sign-'));
const [key, next, models] = [join(folder, 'keys/a.pem'), join(folder, 'keys/b.pem'), join(folder, 'models')];
const catalog = join(models, 'catalog.json');
const signature = `${catalog}.sig`;
const DAY = 24 * 60 * 60 * 1000;

/** The command of a person at a terminal. */
function sign(...args: string[]): { readonly status: number | null; readonly out: string; readonly said: string } {
  const tsx = ['--import', 'tsx', 'training/sign.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, tsx, { encoding: 'utf8' });
  return { status, out: stdout.trim(), said: stderr };
}
const standing = (keys: readonly string[]) =>
  standingOf(Uint8Array.from(readFileSync(catalog)), readFileSync(signature), keys, 'here');

beforeAll(() => {
  mkdirSync(models);
  writeFileSync(catalog, packageFiles['catalog.json'] ?? '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(
  'signs with a key that nobody else can read, with a revision that grows, and by two keys',
  { timeout: 120_000 },
  async () => {
    const [a, b] = [sign('--new-key', '--key', key).out, sign('--new-key', '--key', next).out];
    expect([a, b]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(statSync(key).mode & 0o077).toBe(0);
    const before = readFileSync(key, 'utf8');
    expect(sign('--new-key', '--key', key)).toMatchObject({ status: 1 });
    expect(readFileSync(key, 'utf8')).toBe(before);

    expect(await verifySignature(models, [a], Date.now())).toMatchObject([
      { what: expect.stringContaining('missing') },
    ]);
    expect(sign('--models', models, '--key', key).status).toBe(0);
    expect(await standing([a])).toMatchObject({ revision: 1, signers: [a] });
    expect(sign('--models', models, '--key', key, '--key', next, '--days', '40').status).toBe(0);
    expect(await standing([a, b])).toMatchObject({ revision: 2, signers: [a, b] });

    expect(await verifySignature(models, [b], Date.now())).toEqual([]);
    const late = await verifySignature(models, [b], Date.now() + 11 * DAY);
    expect(late).toMatchObject([{ what: expect.stringContaining('is good until') }]);
    const stranger = await verifySignature(models, ['0'.repeat(64)], Date.now());
    expect(stranger).toMatchObject([{ what: expect.stringContaining('none of the keys') }]);
    writeFileSync(catalog, `${readFileSync(catalog, 'utf8')} `);
    expect(await verifySignature(models, [a], Date.now())).toMatchObject([
      { what: expect.stringContaining('another catalog') },
    ]);
  },
);

it('makes no key in the repository, and signs nothing that the app would not read', { timeout: 60_000 }, () => {
  const inside = join(import.meta.dirname, 'no-such.pem');
  expect(sign('--new-key', '--key', inside)).toMatchObject({ status: 1, said: expect.stringContaining('repository') });
  expect(existsSync(inside)).toBe(false);
  writeFileSync(catalog, '{}');
  expect(sign('--models', models, '--key', key)).toMatchObject({ status: 1, said: expect.stringContaining('catalog') });
});

it('the catalog that is served is signed by a key of the build, as it is now', async () => {
  expect(await verifySignature('public/models', trustedKeys, 0)).toEqual([]);
});
