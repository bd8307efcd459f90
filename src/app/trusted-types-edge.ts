type Factory = {
  createPolicy(name: string, rules: { readonly createHTML: (text: string) => string | null }): unknown;
};

/**
 * Konva empties its container by `innerHTML = ''`, which Trusted Types refuse like any other text. The policy named
 * `default` is asked about all such texts: it lets the empty one through, which holds nothing, and no other.
 * Called once, before anything is drawn.
 */
export function allowEmptyMarkup(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  trustedTypes?.createPolicy('default', { createHTML: (text) => (text === '' ? text : null) });
}
