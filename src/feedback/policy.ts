/** What the page's own Content-Security-Policy has to say of a request, which fetch keeps to itself. */
import type { Fetch } from './put.ts';

/** No network was asked, and none would help: whoever serves the page has to name that place. */
export class ForbiddenError extends Error {
  readonly code = 'forbidden';

  constructor(url: string) {
    super(`the page's policy does not let it ask ${new URL(url).origin}`);
    this.name = 'ForbiddenError';
  }
}

/** Milliseconds: the browser tells of it in a task of its own, which may come after the one that ends the fetch. */
const HEARD_WITHIN = 20;

/** A fetch that rejects with ForbiddenError where the policy stood in the way. told: where the browser tells of that. */
export function policyFetch(fetch: Fetch, told: EventTarget): Fetch {
  return async (url, init) => {
    let isForbidden = false;
    const hear = (event: Event): void => {
      isForbidden ||= isAbout(event, url);
    };
    told.addEventListener('securitypolicyviolation', hear);
    try {
      return await fetch(url, init);
    } catch (error) {
      // Who gave up has no use for the reason.
      if (!isForbidden && init.signal?.aborted !== true)
        await new Promise((resolve) => setTimeout(resolve, HEARD_WITHIN));
      throw isForbidden ? new ForbiddenError(url) : error;
    } finally {
      told.removeEventListener('securitypolicyviolation', hear);
    }
  };
}

/** Read by name: not every place that this runs in has the type of the event. What is only reported was let through. */
function isAbout(event: Event, url: string): boolean {
  const read = (name: string): unknown => Reflect.get(event, name);
  const blocked = read('blockedURI');
  return (
    read('disposition') === 'enforce' &&
    read('effectiveDirective') === 'connect-src' &&
    typeof blocked === 'string' &&
    URL.canParse(blocked) &&
    new URL(blocked).origin === new URL(url).origin
  );
}
