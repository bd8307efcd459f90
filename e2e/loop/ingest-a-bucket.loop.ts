import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { startCeph } from '../targets/ceph.ts';
import { python, repository } from './steps.ts';

/** Three records as the page writes them. */
function threeLines(): string {
  const args = ['--import', 'tsx', 'training/tests/feedback-records.ts', '--count', '3'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

test('batches in a real bucket are ingested as those in a folder', async () => {
  const ceph = await startCeph();
  try {
    const lines = threeLines();
    const first = Buffer.from(lines);
    const second = gzipSync(lines);
    const third = Buffer.from('not what its name says');
    const nameOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    for (const [name, bytes] of [
      [nameOf(first), first],
      [nameOf(second), second],
      ['0'.repeat(64), third],
    ] as const) {
      // As a visitor's page does, with no key, and with the coding that a store gives back to whoever reads.
      const headers = {
        'Content-Type': 'application/x-ndjson',
        ...(bytes === second && { 'Content-Encoding': 'gzip' }),
      };
      const place = `${ceph.owner.url}/${ceph.bucket}/feedback/ktav/2026-11-20/${name}.ndjson`;
      expect((await fetch(place, { method: 'PUT', headers, body: new Uint8Array(bytes) })).status).toBe(200);
    }
    const out = mkdtempSync(join(tmpdir(), 'ktav-ingest-'));
    const { url, accessKey, secretKey } = ceph.owner;
    const keys = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey };
    python(['-m', 'ktav_training.ingest', '--from', `s3://${ceph.bucket}`, '--out', out], keys);
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    expect(report.lines).toEqual({ all: 6, accepted: 3, superseded: 3, withdrawn: 0, setAside: 0 });
    expect(report.batches.refused).toMatchObject([{ reason: 'hash-mismatch' }]);
  } finally {
    await ceph.end();
  }
});
