import { expect, test } from 'vitest';
import { memoryOutbox } from './memory-outbox.ts';
import { outboxContract } from './outbox-contract.fixture.ts';

test.each(outboxContract)('in memory: $situation', async ({ run }) => {
  const outbox = memoryOutbox();
  await expect(run(() => outbox)).resolves.toBeUndefined();
});
