import { largestError, turnOf } from '../runner.ts';
import type { Runner } from '../runner.ts';
import { readServedPackage } from '../served-package.ts';
import type { ServedPackage } from '../served-package.ts';
import { atWork, fetchBytes } from './at-work.ts';
import type { Lane } from './orders.ts';

/** A worker that holds one runner and takes turns with it. */
export function runLane(open: (lane: Lane, served: ServedPackage) => Promise<Runner>): void {
  let opened: { readonly runner: Runner; readonly served: ServedPackage } | null = null;
  atWork(async (order) => {
    switch (order.kind) {
      case 'open': {
        const served = await readServedPackage(fetchBytes(order.models));
        const runner = await open(order.lane, served);
        opened = { runner, served };
        return largestError(runner, served, served[order.lane.file]);
      }
      case 'turn':
        if (opened === null) throw new Error('open comes first');
        return turnOf(opened.runner, opened.served, order);
      case 'preprocess':
        throw new Error('that is for the other worker');
    }
  });
}
