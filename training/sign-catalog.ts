import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readCatalog } from '#model/catalog';
import { envelopeOf, readEnvelope, readStatement } from '#model/signature';
import { digestOf } from '#model/sha256';

const DAY = 24 * 60 * 60 * 1000;

/** A fresh key pair, its private half as PKCS #8 in PEM. */
export function newKey(): { readonly pem: string; readonly publicKey: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { pem, publicKey: publicKeyOf(privateKey) };
}

/** The raw public key in hex, as trusted-keys.ts and config.json name it. */
export function publicKeyOf(privateKey: KeyObject): string {
  // The last 32 of the 44 bytes of its SPKI form, RFC 8410.
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
}

/** Reads a private key. Throws where it is none, or not for Ed25519. */
export function keyOf(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`is a key for ${key.asymmetricKeyType}, not for ed25519`);
  return key;
}

export type Signing = {
  readonly keys: readonly KeyObject[];
  /** What was signed last, so that the revision grows; null where nothing was. */
  readonly before: Uint8Array | null;
  /** In place of the one that follows. */
  readonly revision?: number;
  readonly days: number;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** The bytes of catalog.json.sig. Throws for a catalog that the app would not read. */
export function signCatalog(
  catalog: Uint8Array<ArrayBuffer>,
  { keys, before, days, now, revision = before === null ? 1 : revisionOf(before) + 1 }: Signing,
): Uint8Array<ArrayBuffer> {
  readCatalog(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(catalog)));
  return envelopeOf(
    {
      schemaVersion: 1,
      says: 'ktav-catalog',
      revision,
      expires: new Date(now + days * DAY).toISOString(),
      catalogSha256: Buffer.from(digestOf(catalog)).toString('hex'),
      catalogBytes: catalog.length,
    },
    (message) => keys.map((key) => ({ key: publicKeyOf(key), signature: sign(null, message, key).toString('hex') })),
  );
}

/** Not checked: it is the signer's own file. Throws ModelError 'catalog-untrusted' where it cannot be read. */
export function revisionOf(signature: Uint8Array): number {
  return readStatement(readEnvelope(signature, 'catalog.json.sig').statement, 'catalog.json.sig').revision;
}
