import type { Sent } from './shaped-site.ts';

const BARS = 60;

/**
 * What a visit asked for, a line each, in milliseconds from its first request: asked for, first byte, last byte; and the
 * same as a bar over the whole visit, `·` while it is waited for and `█` while it is on the line. Gaps are idle line.
 */
export function waterfallOf(answers: readonly Sent[]): readonly string[] {
  const whole = Math.max(1, ...answers.flatMap(({ asked, ended }) => (Number.isNaN(ended) ? [asked] : [asked, ended])));
  const place = (at: number): number => Math.min(BARS, Math.round((at / whole) * BARS));
  return answers.map(({ path, bytes, asked, began, ended }) => {
    const wait = place(Number.isNaN(began) ? whole : began) - place(asked);
    const come = Number.isNaN(ended) ? 0 : Math.max(1, place(ended) - place(began));
    const bar = `${' '.repeat(place(asked))}${'·'.repeat(wait)}${'█'.repeat(come)}`;
    const times = [bytes, asked, began, ended].map((value) => figure(value).padStart(7)).join('');
    return `${(path.split('/').at(-1) || '/').padEnd(40)}${times}  ${bar}`;
  });
}

const figure = (value: number): string => (Number.isNaN(value) ? '–' : String(Math.round(value)));
