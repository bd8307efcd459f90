import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { hashOf } from './package.fixture.ts';
import { envelopeOf } from './signature.ts';
import type { Statement } from './signature.ts';

/** A key of the tests, made of one byte 32 times: PKCS #8 of RFC 8410 around the seed. */
export type TestKey = { readonly publicKey: string; readonly sign: (message: Uint8Array) => string };
export function testKey(seed: number): TestKey {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
  return { publicKey, sign: (message) => sign(null, message, key).toString('hex') };
}

/** The bytes of catalog.json.sig for a catalog; more changes what is signed. */
export function signatureOf(
  catalog: Uint8Array,
  keys: readonly TestKey[],
  more: Partial<Statement> = {},
): Uint8Array<ArrayBuffer> {
  const statement: Statement = {
    schemaVersion: 1,
    says: 'ktav-catalog',
    revision: 1,
    expires: '2100-01-01T00:00:00.000Z',
    catalogSha256: hashOf(catalog),
    catalogBytes: catalog.length,
    ...more,
  };
  return envelopeOf(statement, (message) => keys.map((key) => ({ key: key.publicKey, signature: key.sign(message) })));
}
