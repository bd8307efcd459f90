import { expect, test } from 'vitest';
import { policyFetch } from './policy.ts';

const url = 'https://records.example/feedback/ktav/2026-11-21/x.ndjson';
const refuses = { disposition: 'enforce', effectiveDirective: 'connect-src', blockedURI: url };

/** A browser whose fetch fails, and that tells of this before, or a moment after. */
function browser(tells: object, when: 'before' | 'after') {
  const page = new EventTarget();
  const tell = (): unknown => page.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), tells));
  const failed = new TypeError('Failed to fetch');
  const fetch = policyFetch(async () => {
    if (when === 'before') tell();
    else setTimeout(tell, 5);
    throw failed;
  }, page);
  return { fetch, failed };
}

test.each(['before', 'after'] as const)('what the policy forbids is told apart, told %s the failure', async (when) => {
  const { fetch } = browser(refuses, when);
  await expect(fetch(url, {})).rejects.toMatchObject({ code: 'forbidden' });
});

test.each([
  ['only reported', { ...refuses, disposition: 'report' }],
  ['of a picture', { ...refuses, effectiveDirective: 'img-src' }],
  ['of another place', { ...refuses, blockedURI: 'https://elsewhere.example/' }],
  ['of no address', { ...refuses, blockedURI: 'eval' }],
])('a violation %s is no word about this request', async (_, tells) => {
  const { fetch, failed } = browser(tells, 'before');
  await expect(fetch(url, {})).rejects.toBe(failed);
});

test('an answer is handed on', async () => {
  const answer = new Response('there');
  expect(await policyFetch(async () => answer, new EventTarget())(url, {})).toBe(answer);
});
