import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, needPrograms, startChild, untilItAnswers } from '../targets/child.ts';
import type { Child } from '../targets/child.ts';
import type { Visitor } from './visitor.ts';
import { openByWebDriver } from './webdriver.ts';

const driverPath = '/usr/bin/WebKitWebDriver';
const programs = [driverPath, '/usr/bin/Xvfb'];
const packages = ['webkit2gtk-driver', 'xvfb'];

/** WebKitGTK's own small browser, on a screen that nobody sees. @throws where it cannot be had, saying what is missing. */
export async function openWebKit(size: { readonly width: number; readonly height: number }): Promise<Visitor> {
  needPrograms(programs, packages);
  const binary = miniBrowser();
  const home = mkdtempSync(join(tmpdir(), 'ktav-webkit-'));
  const screen = startChild('/usr/bin/Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp']);
  const children: Child[] = [screen];
  const end = async (): Promise<void> => {
    for (const child of children.toReversed()) await child.end();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await freePort();
    const env = {
      DISPLAY: `:${await displayOf(screen)}`,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      // Without a session there is no bus, and nothing shall start one.
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      NO_AT_BRIDGE: '1',
      GDK_BACKEND: 'x11',
      // Containers have no user namespaces for its sandbox.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    };
    children.push(startChild(driverPath, [`--port=${port}`], { env, family: true }));
    const url = `http://127.0.0.1:${port}`;
    await untilItAnswers(`${url}/status`, children, 60_000);
    const visitor = await openByWebDriver(
      url,
      { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
      size,
    );
    return { ...visitor, close: end };
  } catch (error) {
    const said = children.map((child) => child.said()).join('\n');
    await end();
    throw new Error(`WebKitGTK could not be started. ${said}`, { cause: error });
  }
}

/** Its folder is named after the machine and the version of the library. */
function miniBrowser(): string {
  for (const machine of readdirSync('/usr/lib'))
    for (const version of ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0']) {
      const path = `/usr/lib/${machine}/${version}/MiniBrowser`;
      if (existsSync(path)) return path;
    }
  throw new Error(`WebKitGTK's MiniBrowser is missing: apt-get install ${packages.join(' ')}`);
}

async function displayOf(screen: Child): Promise<string> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
    const [, number] = /^(\d+)\n/.exec(screen.said()) ?? [];
    if (number !== undefined) return number;
  }
  throw new Error(`Xvfb did not start: ${screen.said()}`);
}
