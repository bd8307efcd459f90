import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUuid7 } from './uuid7.ts';

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

test('the example of RFC 9562, appendix A.6', () => {
  const bytes = Uint8Array.of(0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
  // The counter begins in its lower half, so the first digit behind the 7 is another than there.
  expect(createUuid7({ now: () => 1_645_557_742_000, random: () => bytes })()).toBe(
    '017f22e2-79b0-74c3-98c4-dc0c0c07398f',
  );
});

test('ids made one after the other sort by when they were made, whatever the clock does in small steps', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 60 }), (steps) => {
      let clock = 1_700_000_000_000;
      const make = createUuid7({ now: () => clock, random });
      const ids = steps.map((step) => {
        clock += step;
        return make();
      });
      expect(ids).toEqual(ids.toSorted());
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(shape);
    }),
  );
});

test('ten thousand within one millisecond are in order, and nearly of that millisecond', () => {
  const make = createUuid7({ now: () => 1_700_000_000_000.7, random });
  const ids = Array.from({ length: 10_000 }, make);
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(10_000);
  expect(timeOf(ids[0] ?? '')).toBe(1_700_000_000_000);
  expect(timeOf(ids.at(-1) ?? '') - 1_700_000_000_000).toBeLessThanOrEqual(5);
});

test('a clock that is put right by ten years is believed, in either direction', () => {
  let clock = 2_000_000_000_000;
  const make = createUuid7({ now: () => clock, random });
  make();
  clock -= 315_360_000_000;
  expect(timeOf(make())).toBe(clock);
  clock += 2 * 315_360_000_000;
  expect(timeOf(make())).toBe(clock);
});

test('a clock before 1970 gives ids all the same', () => {
  expect(createUuid7({ now: () => -5, random })()).toMatch(/^00000000-0000-7/);
});
