import { chromium, firefox } from 'playwright';
import type { BrowserContextOptions } from 'playwright';
import { findBrowser } from '../../scripts/find-browser.ts';
import { findFirefox } from '../../scripts/find-firefox.ts';
import { chromiumArgs } from '../support/chromium.ts';
import { desktop } from '../support/site.ts';
import { withFinger, withMouse } from './playwright-visitor.ts';
import type { Visitor } from './visitor.ts';
import { openWebKit } from './webkit.ts';

/** An engine that people have, as this machine can have it; one that is missing is fetched, or opening it fails. */
export type Engine = {
  readonly name: string;
  readonly open: () => Promise<Visitor>;
};

/** A phone of 360 × 740 with a touch screen. */
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true };

const locale = 'en-GB';

export const engines: readonly Engine[] = [
  { name: 'Chromium', open: () => openChromium({ viewport: desktop }) },
  { name: 'Firefox', open: openFirefox },
  { name: 'WebKitGTK', open: () => openWebKit(desktop) },
];

export const onAPhone: Engine = { name: 'Chromium on a phone', open: () => openChromium(phone) };

async function openChromium(options: BrowserContextOptions): Promise<Visitor> {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...chromiumArgs] });
  const context = await browser.newContext({ ...options, locale });
  const page = await context.newPage();
  const close = (): Promise<void> => browser.close();
  return options.hasTouch === true ? withFinger(context, page, close) : withMouse(page, close);
}

async function openFirefox(): Promise<Visitor> {
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath: findFirefox() });
  const page = await browser.newPage({ viewport: desktop, locale });
  return withMouse(page, () => browser.close());
}
