/**
 * Whose signature counts under the list of models that this build brings: Ed25519 public keys, raw, in hex.
 * config.json names others (modelKeys) where somebody serves models of their own. Two stand here while one takes over
 * from the other: docs/security.md.
 */
export const trustedKeys: readonly string[] = ['5b5badace161af12a95226471600798c0da4f00bed176060b1c837da4ffcbc71'];
