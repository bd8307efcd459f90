import { ModelError } from './error.ts';
import { sha256 } from './sha256.ts';
import { isSignedBy } from './signature-check.ts';
import { readEnvelope, readStatement, signedBytes } from './signature.ts';

/** What a checked signature says of a catalog. */
export type Standing = {
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The trusted keys that signed it; at least one. */
  readonly signers: readonly string[];
};

/**
 * Checks that one of the trusted keys signed exactly these bytes. Several keys are trusted while one takes over from
 * another; one good signature is enough, and those of strangers do not count. Time is no matter here.
 * Throws ModelError 'catalog-untrusted', with what is wrong.
 */
export async function standingOf(
  catalog: Uint8Array<ArrayBuffer>,
  signature: Uint8Array,
  keys: readonly string[],
  where: string,
): Promise<Standing> {
  const { statement: text, signatures } = readEnvelope(signature, where);
  const message = signedBytes(text);
  const signers: string[] = [];
  for (const { key, signature } of signatures) {
    if (keys.includes(key) && !signers.includes(key) && (await isSignedBy(key, message, signature))) signers.push(key);
  }
  if (signers.length === 0) throw untrusted(where, 'is signed by none of the keys that this site trusts');
  // Read only now: what nobody signed has no meaning.
  const statement = readStatement(text, where);
  if (catalog.length !== statement.catalogBytes || (await sha256(catalog)) !== statement.catalogSha256) {
    throw untrusted(where, 'was made for another catalog');
  }
  return { revision: statement.revision, expires: Date.parse(statement.expires), signers };
}

export function untrusted(where: string, message: string, options?: ErrorOptions): ModelError {
  return new ModelError('catalog-untrusted', where, message, options);
}
