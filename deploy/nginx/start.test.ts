import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** The very script, up to the point where it hands over to nginx: e2e/targets runs it with one. */
const here = fileURLToPath(new URL('.', import.meta.url));
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ktav-start-'));
  mkdirSync(join(root, 'run'));
  cpSync(here, join(root, 'etc'), { recursive: true });
  const script = readFileSync(join(here, 'start.sh'), 'utf8');
  writeFileSync(join(root, 'etc/start.sh'), script.replace(/^exec .*$/m, ''));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function start(env: Readonly<Record<string, string>>) {
  const { status, stderr } = spawnSync('/bin/sh', [join(root, 'etc/start.sh')], {
    env: { PATH: process.env['PATH'], KTAV_ROOT: root, ...env },
    encoding: 'utf8',
  });
  return { status, stderr };
}
const written = (name: string): string => readFileSync(join(root, 'run/conf', name), 'utf8');

test('where nothing is said it listens on 8080, talks to nobody else and believes no proxy', () => {
  expect(start({}).status).toBe(0);
  expect(written('nginx.conf')).toBe(readFileSync(new URL('nginx.conf', import.meta.url), 'utf8'));
  expect(written('proxies.conf')).toBe('');
});

test('port, origins and proxies of the environment stand in what nginx reads', () => {
  const env = {
    PORT: '5000',
    KTAV_CONNECT: 'https://a.example https://b.example:8443',
    KTAV_PROXIES: '10.0.0.0/8 fd00::/8',
  };
  expect(start(env)).toEqual({ status: 0, stderr: '' });
  expect(written('nginx.conf')).toContain('listen 5000;');
  expect(written('nginx.conf')).toContain('default " https://a.example https://b.example:8443";');
  expect(written('proxies.conf').split('\n').slice(0, 3)).toEqual([
    'set_real_ip_from 10.0.0.0/8;',
    'set_real_ip_from fd00::/8;',
    'real_ip_header X-Forwarded-For;',
  ]);
});

test('it listens on one address where one is named', () => {
  expect(start({ PORT: '5000', KTAV_ADDRESS: '127.0.0.1' }).status).toBe(0);
  expect(written('nginx.conf')).toContain('listen 127.0.0.1:5000;');
});

test.each([
  { PORT: '80; root /' },
  { PORT: 'http' },
  { KTAV_ADDRESS: 'localhost; root /' },
  { KTAV_CONNECT: 'https://a.example;script-src' },
  { KTAV_CONNECT: "'unsafe-inline'" },
  { KTAV_CONNECT: 'https://a.example/path' },
  { KTAV_CONNECT: 'https://' },
  { KTAV_CONNECT: '*' },
  { KTAV_CONNECT: 'models.example' },
  { KTAV_PROXIES: '10.0.0.0/8; deny all' },
  { KTAV_PROXIES: 'proxy.example' },
])('what is no port, origin or address is refused, and said: %o', (env) => {
  const { status, stderr } = start(env);
  expect(status).toBe(64);
  expect(stderr).toContain(Object.keys(env)[0]);
});
