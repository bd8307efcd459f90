/** Verifies one Ed25519 signature (RFC 8032), on every engine alike. */

type Check = (
  key: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) => Promise<boolean>;

/** All in lower-case hex: a public key of 32 bytes, a signature of 64. A key that is no point of the curve signs nothing. */
export async function isSignedBy(key: string, message: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean> {
  const [keyBytes, signatureBytes] = [bytesOf(key), bytesOf(signature)];
  return (await checkByBrowser(keyBytes, message, signatureBytes)) ?? checkByLibrary(keyBytes, message, signatureBytes);
}

/** By WebCrypto: Chromium 137, Firefox 129, Safari 17. Null where it has no Ed25519, or the page no WebCrypto (http://). */
async function checkByBrowser(...[key, message, signature]: Parameters<Check>): Promise<boolean | null> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return null;
  try {
    const imported = await subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await subtle.verify('Ed25519', imported, signature, message);
  } catch {
    // NotSupportedError in older engines; some name it otherwise. The library has the last word on what is wrong.
    return null;
  }
}

/** 9 KB that only those engines fetch. Exported for its test. */
export const checkByLibrary: Check = async (key, message, signature) => {
  const [ed25519, { sha512 }] = await Promise.all([import('@noble/ed25519'), import('@noble/hashes/sha2.js')]);
  ed25519.hashes.sha512 = sha512;
  // Not zip215: the strict reading of RFC 8032, as WebCrypto has it.
  return ed25519.verify(signature, message, key, { zip215: false });
};

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}
