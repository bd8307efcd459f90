import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listed, listingKey } from './idb-listing.ts';
import { matches, rankOf } from './outbox-rules.ts';
import type { Entry } from './outbox-rules.ts';
import type { FeedbackFilter } from './outbox.ts';
import { idAt } from './record.fixture.ts';

const facets = {
  state: fc.constantFrom('waiting', 'sealed', 'sent', 'refused'),
  verdict: fc.constantFrom('confirmed', 'corrected', 'unreadable'),
  source: fc.constantFrom('draw', 'upload', 'camera'),
  model: fc.constantFrom('hebrew-letters@0.2.0', 'hebrew-letters@0.2.0-rc.1', 'm@1.0.0'),
  label: fc.constantFrom('alef', 'final-mem', 'mem', null),
};
const entry: fc.Arbitrary<Entry> = fc.record({
  ...facets,
  id: fc.integer({ min: 1, max: 1e12 }).map(idAt),
  certainty: fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  revision: fc.constant(0),
  time: fc.constant(''),
  predicted: fc.constant(null),
  left: fc.boolean(),
});
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const filter: fc.Arbitrary<FeedbackFilter> = fc.record({
  label: orNull(fc.constantFrom('alef', 'final-mem', 'mem', 'em')),
  verdict: orNull(facets.verdict),
  model: orNull(fc.constantFrom('hebrew-letters@0.2.0', 'm@1.0.0', '0.2.0')),
  state: orNull(facets.state),
  source: orNull(facets.source),
});

test('keys alone list what the heads themselves would', () => {
  const entries = fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 40 });
  fc.assert(
    fc.property(entries, filter, (entries, filter) => {
      const keys = entries.map(listingKey).toSorted();
      const byId = entries.filter((one) => matches(filter, one)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const byCertainty = byId.toSorted((a, b) => rankOf(a.certainty) - rankOf(b.certainty));
      expect(listed(keys, filter, 'newest')).toEqual(byId.map(({ id }) => id).toReversed());
      expect(listed(keys, filter, 'least-certain')).toEqual(byCertainty.map(({ id }) => id));
    }),
    { numRuns: 300 },
  );
});
