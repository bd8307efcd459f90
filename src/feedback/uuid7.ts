/** Pure: ids that sort by the time they were made. RFC 9562, section 5.7, with a counter as in section 6.2, method 1. */

/** What the maker reaches of its surroundings: epoch milliseconds, and random bytes. */
export type Uuid7Parts = { readonly now: () => number; readonly random: (bytes: number) => Uint8Array };

const COUNTS = 0x1000;
/** A clock that was put back by more than this is believed; less is a clock that is being kept on time. */
const STEP_BACK = 10_000;

/**
 * Each call gives a new UUIDv7 in lower case, greater than the one before: within a millisecond by a counter of 12 bits
 * that begins in its lower half, and when that is used up by a millisecond that is borrowed from the future.
 */
export function createUuid7({ now, random }: Uuid7Parts): () => string {
  let time = -1;
  let count = 0;
  return () => {
    const bytes = random(16);
    const clock = Math.max(0, Math.floor(now()));
    if (clock > time || clock < time - STEP_BACK) {
      time = clock;
      count = (((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)) % (COUNTS / 2);
    } else if (++count === COUNTS) {
      time++;
      count = 0;
    }
    const stamp = time.toString(16).padStart(12, '0');
    const variant = (((bytes[8] ?? 0) & 0x3f) | 0x80).toString(16);
    const rest = Array.from(bytes.subarray(9, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const counter = count.toString(16).padStart(3, '0');
    return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${counter}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
  };
}
