/**
 * `npm run test:firefox [-- SPEC …]`: browser tests in the system's Firefox, which is fetched first where that can be done.
 * Playwright's own Firefox is not used: the stock one is what people have.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installPackage } from './find-browser.ts';

const named = process.env['KTAV_FIREFOX'];
const findFirefox = (): string | undefined =>
  named !== undefined && existsSync(named)
    ? named
    : ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));

let firefox = findFirefox();
if (firefox === undefined && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
  installPackage('firefox-esr');
  firefox = findFirefox();
}
if (firefox === undefined) {
  console.error(
    'No Firefox was found or could be fetched. Install one, or name it: KTAV_FIREFOX=/path npm run test:firefox',
  );
  process.exit(1);
}
const args = ['--no-install', 'playwright', 'test', '-c', 'e2e/firefox.config.ts', ...process.argv.slice(2)];
const { status } = spawnSync('npx', args, { stdio: 'inherit', env: { ...process.env, KTAV_FIREFOX: firefox } });
process.exitCode = status ?? 1;
