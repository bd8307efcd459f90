/** Pure: how often a worker may die before it is left alone. */

export const MOST_DEATHS = 3;
const WINDOW = 60_000;

/** Tells whether a fresh worker may be started after one died; a third death within a minute says no. */
export function createDeathCount(): { readonly mayRestart: (now: number) => boolean; readonly forget: () => void } {
  let deaths: number[] = [];
  return {
    mayRestart: (now) => {
      deaths = [...deaths.filter((time) => now - time < WINDOW), now];
      return deaths.length < MOST_DEATHS;
    },
    forget: () => {
      deaths = [];
    },
  };
}
