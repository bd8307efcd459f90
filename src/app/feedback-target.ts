/** Pure: where records go, by the site's word and by the person's. */
import { readTarget, TargetError } from '#feedback/target';
import type { SyncTarget } from '#feedback/sync-contract';
import { destinationOf } from './feedback-consent.ts';

/** site: as the site says. nowhere: records stay here until they are exported. own: a place that the person set. */
export type OwnTarget =
  { readonly kind: 'site' } | { readonly kind: 'nowhere' } | { readonly kind: 'own'; readonly target: SyncTarget };

/** Where records go today. */
export type FeedbackPlan = {
  readonly site: SyncTarget | null;
  /** What is wrong with the target of config.json, for whoever runs the site. */
  readonly siteProblem: string | null;
  readonly own: OwnTarget;
  readonly target: SyncTarget | null;
  /** By which name a person agrees to it: destinationOf the target. */
  readonly destination: string;
};

/** Reads what was stored, whoever stored it; what is no target of today is as if it were not there. */
export function readOwnTarget(stored: unknown, base: string): OwnTarget {
  if (typeof stored !== 'object' || stored === null || !('kind' in stored)) return { kind: 'site' };
  if (stored.kind === 'nowhere') return { kind: 'nowhere' };
  if (stored.kind !== 'own' || !('target' in stored)) return { kind: 'site' };
  try {
    return { kind: 'own', target: readTarget(stored.target, base) };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    // Never to another place than the one that was set: what cannot be understood sends nothing.
    return { kind: 'nowhere' };
  }
}

/** sync: of config.json. base: the address of the page. */
export function planOf(sync: SyncTarget | null, own: OwnTarget, base: string): FeedbackPlan {
  const { site, siteProblem } = readSite(sync, base);
  const target = own.kind === 'own' ? own.target : own.kind === 'site' ? site : null;
  return { site, siteProblem, own, target, destination: destinationOf(target, base) };
}

/** The plan, and how a person changes it. */
export type FeedbackPlanner = {
  plan(): FeedbackPlan;
  /** False when the change could not be kept for the next visit. */
  change(own: OwnTarget): boolean;
};

function readSite(sync: SyncTarget | null, base: string): Pick<FeedbackPlan, 'site' | 'siteProblem'> {
  if (sync === null) return { site: null, siteProblem: null };
  try {
    return { site: readTarget(sync, base), siteProblem: null };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return { site: null, siteProblem: error.message };
  }
}
