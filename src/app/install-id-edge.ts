const KEY = 'ktav.install.1';
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * A random number that this device made for itself once. It decides which model version the device is served and never
 * leaves it. Where nothing can be kept (private mode) each visit has its own.
 */
export function installId(): string {
  const fresh = randomUuid();
  try {
    const kept = localStorage.getItem(KEY);
    if (kept !== null && uuid.test(kept)) return kept;
    localStorage.setItem(KEY, fresh);
  } catch {
    // Storage is forbidden or full: this visit's own number serves.
  }
  return fresh;
}

/** Version 4. crypto.randomUUID exists on secure origins only, and someone may serve the page in a plain local network. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
