import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standingOf } from '#model/trust';
import { wordsOf } from './problem.ts';
import type { Finding } from './problem.ts';

/** A signature is renewed in good time: whoever is warned has this long. */
const WARNING_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;
const WHERE = 'catalog.json.sig';

/**
 * Whether devices would take the catalog of this folder: signed as it is now, by one of these keys, for a while to come.
 * now: milliseconds since 1970.
 */
export async function verifySignature(root: string, keys: readonly string[], now: number): Promise<readonly Finding[]> {
  const [catalog, signature] = [join(root, 'catalog.json'), join(root, WHERE)];
  // A missing catalog is found by whoever reads it.
  if (!existsSync(catalog)) return [];
  if (!existsSync(signature)) return [{ where: WHERE, what: 'is missing: npm run model:sign' }];
  try {
    const { expires } = await standingOf(Uint8Array.from(readFileSync(catalog)), readFileSync(signature), keys, WHERE);
    if (expires - now >= WARNING_DAYS * DAY) return [];
    const day = new Date(expires).toISOString().slice(0, 10);
    return [{ where: WHERE, what: `is good until ${day} only: sign anew, npm run model:sign` }];
  } catch (error) {
    return [{ where: WHERE, what: `${wordsOf(error)}. After a change of catalog.json: npm run model:sign` }];
  }
}
