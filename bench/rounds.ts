import { median } from './figures.ts';

/** One way to run the model. */
export type Contestant = {
  readonly name: string;
  /** Milliseconds of each of `calls` runs of `batch` letters, after as many untimed ones as `warmUp` says. */
  turn(order: Turn): Promise<readonly number[]>;
};

export type Turn = { readonly batch: number; readonly warmUp: number; readonly calls: number };

export type Race = Turn & { readonly rounds: number; readonly discarded: number };

/**
 * A B C, A B C, …: every round gives each contestant one turn, and one figure, the median of the turn's calls. The
 * first rounds are discarded. By name, round by round.
 */
export async function race(
  contestants: readonly Contestant[],
  { rounds, discarded, ...turn }: Race,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const figures = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < discarded + rounds; round++) {
    for (const contestant of contestants) {
      const figure = median(await contestant.turn(turn));
      if (round >= discarded) figures.get(contestant.name)?.push(figure);
    }
  }
  return figures;
}

/** Calls and times one by one: milliseconds of each of `calls` runs after `warmUp` untimed ones. */
export async function timed(
  { warmUp, calls }: Turn,
  run: (call: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let call = 0; call < warmUp + calls; call++) {
    const start = performance.now();
    await run(call);
    if (call >= warmUp) times.push(performance.now() - start);
  }
  return times;
}
