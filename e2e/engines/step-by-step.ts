import { beforeEach } from 'vitest';

/**
 * Within this describe each test goes on where the one before stopped. After one failed, all others fail at once and say
 * why, so that a browser that hangs costs one wait and not ten.
 */
export function stepByStep(): void {
  let broken: string | null = null;
  beforeEach(({ task, onTestFailed }) => {
    if (broken !== null) throw new Error(`not tried, because this had failed before: ${broken}`);
    onTestFailed(() => void (broken = task.name));
  });
}
