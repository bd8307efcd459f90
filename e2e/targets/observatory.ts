import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { runToEnd } from './child.ts';
import { startNginx } from './nginx.ts';
import { startTlsFront } from './tls-front.ts';

/** The audit, and the day whose versions of its parts are taken: tomorrow's must not change today's verdict. */
const AUDIT = '@mdn/mdn-http-observatory@1.4.8';
const AS_OF = '2026-11-20';

const Verdict = z.object({
  scan: z.object({ grade: z.string(), score: z.number() }),
  tests: z.record(z.string(), z.object({ pass: z.boolean(), result: z.string(), scoreModifier: z.number() })),
});
export type Verdict = z.infer<typeof Verdict>;

/**
 * MDN's HTTP Observatory on this machine, against the shipped nginx behind TLS. Fetches the audit (130 MB, no scripts of
 * its parts are run) into a folder that it removes. Needs root, for the ports 80 and 443.
 */
export async function auditHeaders(page: string): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'ktav-observatory-'));
  try {
    const npm = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', `--before=${AS_OF}`];
    runToEnd('npm', [...npm, '--prefix', folder, AUDIT], 480_000);
    const audit = join(folder, 'node_modules/@mdn/mdn-http-observatory');
    // Lists that its own scripts would fetch: neither knows this address.
    writeFileSync(join(audit, 'conf/hsts-preload.json'), '{}');
    writeFileSync(join(audit, 'conf/tld-list.json'), '[]');
    const site = join(folder, 'site');
    mkdirSync(site);
    copyFileSync(page, join(site, 'index.html'));
    return await scanned(site, folder, join(audit, 'src/scan.js'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scanned(site: string, folder: string, script: string): Promise<Verdict> {
  const nginx = await startNginx({ site });
  try {
    const front = await startTlsFront(Number(new URL(nginx.url).port), folder);
    try {
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: front.certificate };
      // Not in one go with the answer: the front answers from this very process.
      const { stdout } = await promisify(execFile)(process.execPath, [script, front.host], { env, timeout: 120_000 });
      return Verdict.parse(JSON.parse(stdout));
    } finally {
      await front.end();
    }
  } finally {
    await nginx.end();
  }
}
