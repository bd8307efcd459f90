import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { send, sendHalf } from './wire-request.ts';
import type { Sent } from './wire-request.ts';

/** A sync target with both its sides: the door that anyone may knock at, and what its owner finds behind it. */
export type Target = {
  readonly url: string;
  /** What stands before feedback/ on the wire. */
  readonly base: string;
  /** Path below feedback/ → bytes. */
  readonly stored: () => Promise<ReadonlyMap<string, Uint8Array>>;
};

/** What was answered, in the order asked, and what lies under the name afterwards. */
export type Seen = { readonly answers: readonly number[]; readonly kept: 'nothing' | 'first' | 'second' | 'other' };

export type Rule = { readonly situation: string; readonly ask: (target: Target) => Promise<Seen> };

const createOnly = { 'if-none-match': '*' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
let made = 0;

/** A batch that no other rule has: its name below feedback/, and its bytes. */
function freshBatch(size = 300): { readonly name: string; readonly body: Uint8Array } {
  const body = bytes(`{"n":${(made += 1)},"pad":"${'x'.repeat(size)}"}\n`);
  const name = `contract/2026-11-21/${createHash('sha256').update(body).digest('hex')}.ndjson`;
  return { name, body };
}

type Asked = Omit<Sent, 'path'> & { readonly path?: string };

/** Asks one after the other about a fresh batch; `second` is what else could lie under its name. */
function about(
  situation: string,
  requests: (batch: ReturnType<typeof freshBatch>, second: Uint8Array) => readonly Asked[],
): Rule {
  return {
    situation,
    async ask(target) {
      const batch = freshBatch();
      const second = bytes('another content\n');
      const answers: number[] = [];
      for (const asked of requests(batch, second)) {
        const path = `${target.base}${asked.path ?? `/feedback/${batch.name}`}`;
        answers.push((await send(target.url, { ...asked, path })).status);
      }
      return { answers, kept: whatIs((await target.stored()).get(batch.name), batch.body, second) };
    },
  };
}

function whatIs(found: Uint8Array | undefined, first: Uint8Array, second: Uint8Array): Seen['kept'] {
  if (found === undefined) return 'nothing';
  if (Buffer.compare(found, first) === 0) return 'first';
  return Buffer.compare(found, second) === 0 ? 'second' : 'other';
}

const put = (body: Uint8Array | readonly Uint8Array[], more: Partial<Asked> = {}): Asked => ({
  method: 'PUT',
  headers: createOnly,
  body,
  ...more,
});
const tooLarge = new Uint8Array(2_200_000).fill(32);

export const rules: readonly Rule[] = [
  about('a new batch is taken', ({ body }) => [put(body)]),
  about('the same batch again is known', ({ body }) => [put(body), put(body)]),
  about('other bytes under its name do not replace it', ({ body }, second) => [put(body), put(second)]),
  about('nor does it without If-None-Match', ({ body }, second) => [put(body), put(second, { headers: {} })]),
  about('what was taken cannot be read', ({ body }) => [
    put(body),
    ...['GET', 'HEAD'].map((method) => ({ method })),
    { method: 'GET', headers: { range: 'bytes=0-9' } },
  ]),
  about('it cannot be deleted, moved, copied, posted over, patched', ({ body, name }) => [
    put(body),
    ...['DELETE', 'POST', 'PATCH'].map((method) => ({ method })),
    ...['MOVE', 'COPY'].map((method) => ({ method, headers: { destination: `/feedback/${name}` } })),
  ]),
  about('nothing is listed', ({ body }) => [
    put(body),
    ...[
      '/feedback',
      '/feedback/',
      '/feedback/contract/',
      '/feedback/contract/2026-11-21',
      '/feedback/?list-type=2',
    ].map((path) => ({ method: 'GET', path })),
    { method: 'PROPFIND', path: '/feedback/' },
  ]),
  about('no folder is made', () => [
    { method: 'MKCOL', path: '/feedback/contract/2026-11-22/' },
    put(new Uint8Array(), { path: '/feedback/contract/2026-11-22/' }),
  ]),
  about('what is no name of a batch is not taken', ({ body, name }) => [
    put(body, { path: '/feedback/x.txt' }),
    put(body, { path: `/feedback/${name.replace('.ndjson', '.html')}` }),
    put(body, { path: `/feedback/${name.toUpperCase()}` }),
    put(body, { path: `/feedback/${name.replace('2026', '26')}` }),
    put(body, { path: `/feedback/${name}/x` }),
  ]),
  about('nothing is taken outside feedback/', ({ body, name }) => [
    put(body, { path: '/index.html' }),
    put(body, { path: `/${name}` }),
    put(body, { path: '/config.json' }),
  ]),
  about('no way leads out of the folder', ({ body, name }) => [
    put(body, { path: `/feedback/../${name}` }),
    put(body, { path: `/feedback/%2e%2e/${name}` }),
    put(body, { path: `/feedback/..%2f${name}` }),
    put(body, { path: `/feedback/contract/../../../../../tmp/${name}` }),
    put(body, { path: `/feedback/contract/2026-11-21/..%5c${name.slice(-71)}` }),
    { method: 'GET', path: '/feedback/%2e%2e/%2e%2e/%2e%2e/etc/passwd' },
  ]),
  about('more than a batch may hold is refused by its head', () => [put(tooLarge)]),
  about('and without a length, as it comes', () => [put([tooLarge.subarray(0, 1_100_000), tooLarge])]),
  about('a piece of a batch is not taken', ({ body }) => [
    put(body, { headers: { ...createOnly, 'content-range': 'bytes 0-9/300' } }),
  ]),
  about('a name that is not the hash of its bytes is taken: whoever reads checks it', (_, second) => [put(second)]),
  {
    situation: 'half a body leaves nothing',
    async ask(target) {
      const { name, body } = freshBatch(500_000);
      for (let i = 0; i < 3; i += 1) await sendHalf(target.url, { path: `${target.base}/feedback/${name}`, body });
      await sleep(500);
      return { answers: [], kept: whatIs((await target.stored()).get(name), body, body.subarray(0, body.length / 2)) };
    },
  },
  {
    situation: 'the same batch twice at once is there once, and whole',
    async ask(target) {
      const { name, body } = freshBatch(500_000);
      const asked = { method: 'PUT', path: `${target.base}/feedback/${name}`, headers: createOnly, body };
      const replies = await Promise.all(Array.from({ length: 6 }, () => send(target.url, asked)));
      const well = [200, 201, 204, 412];
      // Who of them came first is chance; that each is told it is delivered is not.
      const told = [...new Set(replies.map(({ status }) => (well.includes(status) ? 200 : status)))];
      return { answers: told.toSorted(), kept: whatIs((await target.stored()).get(name), body, new Uint8Array()) };
    },
  },
  rush('who opens many connections at once is told to wait', { most: 30, atOnce: 30, pace: 100 }),
  rush('who sends without a pause is told to wait', { most: 240, atOnce: 3, pace: 0 }),
];

/** Fresh batches, `atOnce` of them at a time; kept is 'first' where exactly those are there that were said to be. */
function rush(situation: string, { most, atOnce, pace }: Record<'most' | 'atOnce' | 'pace', number>): Rule {
  return {
    situation,
    async ask(target) {
      // Till the allowance is whole again.
      await sleep(6000);
      const said = new Map<string, number>();
      while (said.size < most && ![...said.values()].includes(429)) {
        const batches = Array.from({ length: atOnce }, () => freshBatch(10));
        await Promise.all(
          batches.map(async ({ name, body }) => {
            const asked = { method: 'PUT', path: `${target.base}/feedback/${name}`, headers: createOnly, body, pace };
            said.set(name, (await send(target.url, asked)).status);
          }),
        );
      }
      const stored = await target.stored();
      const lied = [...said].some(([name, status]) => status < 300 !== stored.has(name));
      return { answers: [...new Set(said.values())].toSorted(), kept: lied ? 'other' : 'first' };
    },
  };
}
