import { appendFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Of a record in LevelDB's log: checksum, length, type. https://github.com/google/leveldb/blob/main/doc/log_format.md */
const headBytes = 7;
const blockBytes = 32_768;

/**
 * Leaves the log of Chromium's IndexedDB as a kill leaves it that comes between the two writes of a record: with the
 * head of one, and nothing of its body. The browser must not be running. False where there is no log to tear: that kill came
 * while Chromium made its database anew.
 */
export function tearLog(profile: string): boolean {
  const folder = join(profile, 'Default/IndexedDB');
  if (!existsSync(folder)) return false;
  const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\d+\.log$/.test(name));
  const newest = logs.toSorted().at(-1);
  if (newest === undefined) return false;
  const path = join(folder, newest);
  const left = blockBytes - (statSync(path).size % blockBytes);
  // Where a head does not fit, zeros fill the block.
  const filling = left < 2 * headBytes ? left : 0;
  const length = Math.min(700, (filling === 0 ? left : blockBytes) - headBytes);
  appendFileSync(path, Buffer.concat([Buffer.alloc(filling), Buffer.of(1, 2, 3, 4, length & 255, length >> 8, 1)]));
  return true;
}
