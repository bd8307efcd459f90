import type { Seen } from './rules.ts';

const refused = (...answers: number[]): Seen => ({ answers, kept: 'nothing' });
const stays = (...answers: number[]): Seen => ({ answers, kept: 'first' });
const becomes = (...answers: number[]): Seen => ({ answers, kept: 'second' });

type Truth = { readonly nginx: Seen; readonly s3: Seen };

/**
 * What is true of each target: nginx as we ship it, and Ceph 16 under a policy of s3:PutObject for anyone. Where the
 * store does not enforce a rule stands what follows for whoever reads the bucket.
 */
export const truths: Readonly<Record<string, Truth>> = {
  'a new batch is taken': { nginx: stays(201), s3: stays(200) },
  'the same batch again is known': { nginx: stays(201, 204), s3: stays(200, 412) },
  'other bytes under its name do not replace it': { nginx: stays(201, 204), s3: stays(200, 412) },
  'nor does it without If-None-Match': {
    // Who knows the name of a batch can spoil it: name and bytes do not fit, and it is quarantined. AWS can demand
    // the header by a policy on s3:if-none-match.
    nginx: stays(201, 204),
    s3: becomes(200, 200),
  },
  'what was taken cannot be read': { nginx: stays(201, 405, 405, 405), s3: stays(200, 403, 403, 403) },
  'it cannot be deleted, moved, copied, posted over, patched': {
    nginx: stays(201, 405, 405, 405, 405, 405),
    s3: stays(200, 403, 400, 405, 405, 405),
  },
  'nothing is listed': {
    nginx: stays(201, 403, 403, 403, 403, 403, 403),
    s3: stays(200, 403, 403, 403, 403, 403, 405),
  },
  'no folder is made': {
    // A key that ends in a slash is an empty object. It is no name of a batch.
    nginx: refused(403, 403),
    s3: refused(405, 200),
  },
  'what is no name of a batch is not taken': {
    // A policy knows no patterns of that kind. Whoever reads takes names of batches alone.
    nginx: refused(403, 403, 403, 403, 403),
    s3: refused(200, 200, 200, 200, 200),
  },
  'nothing is taken outside feedback/': { nginx: refused(405, 404, 404), s3: refused(403, 403, 403) },
  'no way leads out of the folder': {
    // Keys are plain text to the store: "feedback/../x" is an object of that very name, and leads nowhere. Whoever
    // copies a bucket into a folder must not make paths of such keys.
    nginx: refused(404, 404, 404, 400, 404, 400),
    s3: refused(200, 412, 412, 200, 200, 403),
  },
  'more than a batch may hold is refused by its head': {
    // A policy cannot limit the size. A quota of the bucket does; whoever reads skips what is larger than 2 MB.
    nginx: refused(413),
    s3: { answers: [200], kept: 'other' },
  },
  'and without a length, as it comes': { nginx: refused(413), s3: refused(411) },
  'a piece of a batch is not taken': {
    // Content-Range means nothing to the store: what comes is the object.
    nginx: refused(501),
    s3: stays(200),
  },
  'a name that is not the hash of its bytes is taken: whoever reads checks it': {
    nginx: becomes(201),
    s3: becomes(200),
  },
  'half a body leaves nothing': { nginx: refused(), s3: refused() },
  'the same batch twice at once is there once, and whole': { nginx: stays(200), s3: stays(200) },
  'who opens many connections at once is told to wait': { nginx: stays(201, 429), s3: stays(200) },
  'who sends without a pause is told to wait': {
    // Ceph 16 has no rate limit (17 has radosgw-admin ratelimit); put it behind something that has one.
    nginx: stays(201, 429),
    s3: stays(200),
  },
};
