/** Pure: which version of a model answers while the one that is to answer is still on its way. */

/** A version is known by its manifest, a team is that version with the backends that answer for it. */
export type Succession<Version, Team> = {
  /** The version that the last visit's catalog names, where none of it has to be fetched; else null. */
  kept(): Promise<Version | null>;
  /** Resolves when nobody is kept waiting by what is asked of the server. */
  calm(): Promise<void>;
  /** The version that this device should use, by the server's word where it can be had. */
  choose(): Promise<Version>;
  /** The good version from an earlier visit, other than `instead`; null where there is none. */
  lastGood(instead: Version | null): Promise<Version | null>;
  /** Whether none of it has to be fetched. */
  isHere(version: Version): Promise<boolean>;
  isSame(one: Version, other: Version): boolean;
  /** Opens and tests its backends. Rejects where none of them may answer. */
  bring(version: Version): Promise<Team>;
  /** From now on this one answers. why: what kept the chosen one from it; null where nothing did. */
  serve(team: Team, why: unknown): void;
  /** What to put in the place of a chosen version that failed when nobody stands in; rejects where there is nothing. */
  replace(failed: Version, why: unknown): Promise<Team>;
  /** Resolves when whoever waits to be read has waited long enough for the choice alone. */
  patience(): Promise<void>;
};

/**
 * Brings the chosen version. What the last visit kept answers before the server is asked anything; it is asked in a calm
 * moment, and what it names then takes over. A visitor does not wait for its download: the last good version, where it lies on the
 * device whole, answers until then, and goes on where the chosen one turns out badly. Rejects where nobody answers.
 */
export async function succeed<Version, Team>(steps: Succession<Version, Team>): Promise<void> {
  type StandIn = { readonly version: Version; readonly team: Team };
  let isSettled = false;
  let isChosen = false;

  const kept = await steps.kept();
  const keptTeam = kept === null ? null : steps.bring(kept);
  /** Each version is brought once: what failed when it was kept fails for the same reason when it is chosen. */
  const bring = (version: Version): Promise<Team> =>
    kept !== null && keptTeam !== null && steps.isSame(kept, version) ? keptTeam : steps.bring(version);

  const find = async (instead: Version | null): Promise<StandIn | null> => {
    const version = await steps.lastGood(instead);
    if (version === null || !(await steps.isHere(version))) return null;
    const team = await bring(version);
    // It may come too late: what took its place for good stays.
    if (!isSettled) steps.serve(team, null);
    return { version, team };
  };
  let called: Promise<StandIn | null> | null = null;
  const callStandIn = (instead: Version | null): void => {
    // One that cannot come is none, and no reason to give up on the chosen one.
    called ??= find(instead).catch(() => null);
  };
  const standIn = async (): Promise<StandIn | null> => called;

  const first = await startWithKept();
  const beImpatient = async (): Promise<void> => {
    await steps.patience();
    if (!isChosen) callStandIn(null);
  };
  void beImpatient();
  const version = await steps
    .choose()
    .catch((error: unknown) => {
      if (first === null) throw error;
      steps.serve(first.team, error);
      return first.version;
    })
    .finally(() => (isChosen = true));
  const early = await standIn();
  if (early !== null && steps.isSame(early.version, version)) return;
  if (!(await steps.isHere(version))) callStandIn(version);

  try {
    const team = await bring(version);
    isSettled = true;
    steps.serve(team, null);
  } catch (error) {
    const ready = await standIn();
    isSettled = true;
    steps.serve(ready?.team ?? (await steps.replace(version, error)), error);
  }

  async function startWithKept(): Promise<StandIn | null> {
    if (kept === null || keptTeam === null) return null;
    // Where it failed, the ordinary way comes to the same version or another one, and tells why.
    const team = await keptTeam.catch(() => null);
    if (team === null) return null;
    const standIn = { version: kept, team };
    called = Promise.resolve(standIn);
    steps.serve(team, null);
    await steps.calm();
    return standIn;
  }
}
