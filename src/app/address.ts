import type { Backend } from '#inference/answer';

/** What the address asks for: `?lang=`, `?backend=`, `?model=` (a version to use whatever the catalog's shares say). */
export type AddressWishes = {
  readonly language: string | null;
  readonly backend: Backend | null;
  readonly version: string | null;
};

const backends: readonly Backend[] = ['wasm', 'webgl', 'webgpu'];

/** Reads the query of an address; what is not known is as if it were not there. */
export function wishesOf(query: string): AddressWishes {
  const asked = new URLSearchParams(query);
  return {
    language: asked.get('lang'),
    backend: backends.find((backend) => backend === asked.get('backend')) ?? null,
    version: asked.get('model'),
  };
}
