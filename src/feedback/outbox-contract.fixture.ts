import { batchCases } from './outbox-batches.fixture.ts';
import type { OutboxCase } from './outbox-case.fixture.ts';
import { errandCases } from './outbox-errand.fixture.ts';
import { recordCases } from './outbox-records.fixture.ts';
import { restoreCases } from './outbox-restore.fixture.ts';

/** What every Outbox keeps to. */
export const outboxContract: readonly OutboxCase[] = [...recordCases, ...batchCases, ...restoreCases, ...errandCases];
