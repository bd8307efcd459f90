import * as z from 'zod/mini';
import { ModelError } from './error.ts';
import { readWith, SchemaVersion, Sha256, whole } from './schema.ts';
import type { Read } from './schema.ts';

/**
 * catalog.json.sig: what its signers say of a catalog, beside the catalog itself, which stays as training writes it.
 * schemaVersion 1: first release.
 */
const Statement = z.strictObject({
  schemaVersion: SchemaVersion,
  /** So that nothing else that the key may sign one day reads as a word about a catalog. */
  says: z.literal('ktav-catalog'),
  /** Grows with every signing. A device never goes back to a smaller one. */
  revision: whole(1, Number.MAX_SAFE_INTEGER),
  /** After this moment the site may be held back from newer versions by somebody, and the page says so. */
  expires: z.iso.datetime(),
  /** Of the exact bytes of catalog.json, which names manifests by hash, which name files by hash. */
  catalogSha256: Sha256,
  catalogBytes: whole(1, 1024 * 1024),
});

const hex = (bytes: number) =>
  z.string().check(z.regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), `must be ${2 * bytes} lower-case hex digits`));

/** An Ed25519 public key, raw. */
const PublicKey = hex(32);

const Envelope = z.strictObject({
  schemaVersion: SchemaVersion,
  /** JSON of a statement as a text: what is signed is bytes, not meaning. */
  statement: z.string().check(z.maxLength(2000)),
  signatures: z.array(z.strictObject({ key: PublicKey, signature: hex(64) })).check(z.minLength(1), z.maxLength(8)),
});

export type Statement = Read<typeof Statement>;
export type Envelope = Read<typeof Envelope>;

/** What a key signs: the statement under a name that no other format begins with. */
export function signedBytes(statement: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`ktav-catalog-statement-1\n${statement}`);
}

/** Reads the file's shape alone; nothing in it counts before a signature was checked. Throws 'catalog-untrusted'. */
export function readEnvelope(bytes: Uint8Array, where: string): Envelope {
  return readWith(Envelope, parsed(bytes, where), 'catalog signature', 'catalog-untrusted', () => []);
}

/** Reads what was signed. Throws 'catalog-untrusted'. */
export function readStatement(text: string, where: string): Statement {
  const value = parsed(new TextEncoder().encode(text), where);
  return readWith(Statement, value, 'catalog signature.statement', 'catalog-untrusted', () => []);
}

/** The bytes of catalog.json.sig. sign: one signature of the given bytes for each key. */
export function envelopeOf(
  statement: Statement,
  sign: (message: Uint8Array<ArrayBuffer>) => Envelope['signatures'],
): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(statement);
  const envelope: Envelope = { schemaVersion: 1, statement: text, signatures: sign(signedBytes(text)) };
  return new TextEncoder().encode(`${JSON.stringify(envelope, null, 1)}\n`);
}

/** Where the signature of the catalog at this address lies. */
export function signatureUrl(catalogUrl: string): string {
  const url = new URL(catalogUrl);
  url.pathname += '.sig';
  return url.href;
}

function parsed(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ModelError('catalog-untrusted', where, 'is no signature file: no JSON', { cause });
  }
}
