import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { FeedbackLine } from '#feedback/record';
import { lineFromJson } from '#feedback/wire';

/** What the page said of one record, as far as it was heard before it was killed. */
export type Promised = {
  /** The highest revision of which the page was told that it is kept. */
  readonly revision: number;
  /** asked: a withdrawal was begun. done: the page was told that it is committed. */
  readonly withdrawn: 'no' | 'asked' | 'done';
};

export type Verdict = {
  /** Acknowledged on the device, and not at the target in that revision or a later one. */
  readonly lost: readonly string[];
  /** id and revision that are in more than one object, or twice in one. */
  readonly doubled: readonly string[];
  /** Objects whose name is not the hash of their bytes, or that hold no lines of ours. */
  readonly misnamed: readonly string[];
  /** Withdrawn, and still to be read as valid by whoever takes the highest revision. */
  readonly kept: readonly string[];
  readonly lines: number;
};

/** objects: path below feedback/ → bytes, as its owner finds them. */
export function judge(promised: ReadonlyMap<string, Promised>, objects: ReadonlyMap<string, Uint8Array>): Verdict {
  const misnamed: string[] = [];
  const lines = [...objects].flatMap(([path, bytes]) => {
    const [, name] = /([0-9a-f]{64})\.ndjson$/.exec(path) ?? [];
    if (name !== createHash('sha256').update(bytes).digest('hex')) misnamed.push(path);
    try {
      return linesOf(bytes);
    } catch {
      misnamed.push(path);
      return [];
    }
  });
  const times = new Map<string, number>();
  const newest = new Map<string, FeedbackLine>();
  for (const line of lines) {
    const key = `${line.id} ${line.revision}`;
    times.set(key, (times.get(key) ?? 0) + 1);
    if (line.revision >= (newest.get(line.id)?.revision ?? 0)) newest.set(line.id, line);
  }
  const all = [...promised];
  const isThere = (id: string, revision: number): boolean => (newest.get(id)?.revision ?? -1) >= revision;
  const isWithdrawn = (id: string): boolean => {
    const line = newest.get(id);
    return line === undefined || 'withdrawn' in line;
  };
  const missing = all.filter(([id, { revision, withdrawn }]) => withdrawn === 'no' && !isThere(id, revision));
  const valid = all.filter(([id, { withdrawn }]) => withdrawn === 'done' && !isWithdrawn(id));
  return {
    lost: missing.map(([id]) => id),
    doubled: [...times].filter(([, count]) => count > 1).map(([key]) => key),
    misnamed: [...new Set(misnamed)],
    kept: valid.map(([id]) => id),
    lines: lines.length,
  };
}

function linesOf(bytes: Uint8Array): readonly FeedbackLine[] {
  const text = Buffer.from(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  return text.slice(0, -1).split('\n').map(lineFromJson);
}

/** Names of batches that were asked to be put under more than one path. */
export function movedIn(paths: ReadonlySet<string>): readonly string[] {
  const seen = new Map<string, number>();
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/'));
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return [...seen].filter(([, count]) => count > 1).map(([name]) => name);
}
