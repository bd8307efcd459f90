/**
 * `npx tsx scripts/icons.ts`: makes public/icon.svg and the PNG files beside it from the traced letter כ, the first of
 * כתב. Run it again when the mark changes; the results are committed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { pathOf } from '../src/ui/letters/strokes.ts';
import { readArguments } from './command-line.ts';
import { findBrowser } from './find-browser.ts';

readArguments(import.meta.url, { options: {} });
const root = new URL('..', import.meta.url);
const strokes = JSON.parse(readFileSync(new URL('src/ui/letters/strokes.json', root), 'utf8')) as {
  letters: Record<string, number[][]>;
};

/** The mark on a square of 512. inset: how much of each side stays free of ink (launchers cut maskable icons round). */
function mark(inset: number, rounded: boolean): string {
  const stroke = strokes.letters['kaf']?.[0] ?? [];
  const points = stroke.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: stroke[i + 1] ?? 0 }] : []));
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const scale = (512 * (1 - 2 * inset)) / (Math.max(...ys) - Math.min(...ys));
  const placed = points.map(({ x, y }, t) => ({
    x: (x - middle(xs)) * scale + 256,
    y: (y - middle(ys)) * scale + 256,
    t,
  }));
  const rule = (y: number): string => `M0 ${y}H512`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">',
    `<clipPath id="c"><rect width="512" height="512" rx="${rounded ? 104 : 0}"/></clipPath><g clip-path="url(#c)">`,
    '<path d="M0 0H512V512H0z" fill="#fdf8ea"/>',
    `<path d="${rule(120)}${rule(392)}" stroke="#9db9dd" stroke-width="10"/>`,
    '<path d="M436 0V512" stroke="#dd8a86" stroke-width="10"/>',
    `<path d="${pathOf(placed, 1)}" fill="none" stroke="#1c2b63" stroke-width="62" stroke-linecap="round" stroke-linejoin="round"/>`,
    '</g></svg>\n',
  ].join('');
}

const plain = mark(0.27, true);
writeFileSync(new URL('public/icon.svg', root), plain);
mkdirSync(new URL('public/icons/', root), { recursive: true });
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
for (const [name, size, svg] of [
  ['icon-192', 192, plain],
  ['icon-512', 512, plain],
  ['maskable-512', 512, mark(0.33, false)],
] as const) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
  await page.screenshot({
    path: new URL(`public/icons/${name}.png`, root).pathname,
    omitBackground: true,
  });
  await page.close();
}
await browser.close();
