import { existsSync } from 'node:fs';
import { installPackage } from './find-browser.ts';

function lookAround(): string | undefined {
  const named = process.env['KTAV_FIREFOX'];
  if (named !== undefined && existsSync(named)) return named;
  return ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
}

/**
 * Path of the system's Firefox, which may have to be fetched first. Playwright's own is not used: the stock one is what
 * people have. @throws if none can be had, saying what to do.
 */
export function findFirefox(): string {
  if (lookAround() === undefined && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    installPackage('firefox-esr');
  const found = lookAround();
  if (found === undefined)
    throw new Error('No Firefox was found or could be fetched. Install one, or name it: KTAV_FIREFOX=/path');
  return found;
}
