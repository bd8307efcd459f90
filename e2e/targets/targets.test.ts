import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCeph } from './ceph.ts';
import type { Ceph } from './ceph.ts';
import { startNginx } from './nginx.ts';
import type { Nginx } from './nginx.ts';
import { readBucket } from './s3-owner.ts';
import { rules } from './rules.ts';
import type { Target } from './rules.ts';
import { truths } from './truths.ts';
import { send } from './wire-request.ts';

let nginx: Nginx;
let ceph: Ceph;
const site = mkdtempSync(join(tmpdir(), 'ktav-empty-site-'));

beforeAll(async () => {
  writeFileSync(join(site, 'index.html'), '<!doctype html><title>Ktav</title>');
  [nginx, ceph] = await Promise.all([startNginx({ site }), startCeph()]);
}, 600_000);
afterAll(async () => {
  await Promise.all([nginx?.end(), ceph?.end()]);
  rmSync(site, { recursive: true, force: true });
});

const targets: Readonly<Record<'nginx' | 's3', () => Target>> = {
  nginx: () => ({ url: nginx.url, base: '', stored: async () => nginx.inbox() }),
  s3: () => ({
    url: ceph.owner.url,
    base: `/${ceph.bucket}`,
    stored: () => readBucket(ceph.owner, ceph.bucket),
  }),
};

describe.each(['nginx', 's3'] as const)('%s', (name) => {
  test.each(rules)('$situation', { timeout: 120_000 }, async ({ situation, ask }) => {
    expect(await ask(targets[name]())).toEqual(truths[situation]?.[name]);
  });
});

test('no truth is left of a rule that went', () => {
  expect(Object.keys(truths)).toEqual(rules.map(({ situation }) => situation));
});

test('nginx keeps nothing of what did not come whole, and nothing beside the batches', async () => {
  await expect.poll(() => nginx.arriving(), { timeout: 20_000 }).toEqual([]);
  for (const path of nginx.inbox().keys()) expect(path).toMatch(/^contract\/2026-11-21\/[0-9a-f]{64}\.ndjson$/);
});

test('a page of another origin may put into the bucket, with the header that keeps it from overwriting', async () => {
  const { status, headers } = await send(ceph.owner.url, {
    method: 'OPTIONS',
    path: `/${ceph.bucket}/feedback/ktav/2026-11-21/x.ndjson`,
    headers: {
      origin: 'https://ktav.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type,if-none-match',
    },
  });
  expect(status).toBe(200);
  expect(headers['access-control-allow-origin']).toMatch(/^(\*|https:\/\/ktav\.example)$/);
  expect(headers['access-control-allow-headers']).toMatch(/if-none-match/i);
});
