/**
 * Trusted Types: where a policy enforces them (deploy/headers.ts), a page starts a script by address only through a named
 * policy. There is one for each script that Ktav starts, and it lets through that one address and nothing else.
 * The names stand in the `trusted-types` directive: no other policy can be made.
 */
const policies = new Map<ScriptPolicy, { createScriptURL(address: string): unknown }>();

export type ScriptPolicy = 'ktav-engine' | 'ktav-second-copy' | 'ktav-service-worker';

type Factory = {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): unknown };
};

/**
 * The address as the browser wants it: a TrustedScriptURL where there are such, else the text itself. TypeScript's own
 * library does not know them yet, hence the type. allowed: absolute; throws TypeError for any other.
 */
export function trustedScript(name: ScriptPolicy, address: string | URL, allowed: string): string {
  const absolute = new URL(address, allowed).href;
  const factory = (globalThis as { readonly trustedTypes?: Factory }).trustedTypes;
  if (factory === undefined) return only(allowed, absolute);
  let policy = policies.get(name);
  if (policy === undefined) {
    policy = factory.createPolicy(name, { createScriptURL: (asked) => only(allowed, asked) });
    policies.set(name, policy);
  }
  return policy.createScriptURL(absolute) as string;
}

function only(allowed: string, asked: string): string {
  if (asked !== allowed) throw new TypeError(`${asked} is no script of this page`);
  return asked;
}
