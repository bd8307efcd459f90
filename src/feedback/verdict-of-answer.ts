/** Pure: what the answer to a PUT means for the batch. */
import type { SyncTarget } from './sync-contract.ts';

/** delivered: it is there. refused: it will not be taken as it is. later: nobody knows; the same again. */
export type AnswerMeaning = 'delivered' | 'refused' | 'later';

/**
 * A batch's name is its content, so whoever says that it is there already says that it was delivered (204, 412).
 * 202 only promises to look at it, and a redirect (3xx) has not looked at all: both later.
 */
export function meaningOf(status: number, profile: SyncTarget['profile']): AnswerMeaning {
  if (status === 200 || status === 201 || status === 204 || status === 412) return 'delivered';
  if (status === 408 || status === 429) return 'later';
  // S3 says 409 while another request for the same object is being worked on, such as our own that timed out here:
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
  if (status === 409 && profile === 's3') return 'later';
  return status >= 400 && status < 500 ? 'refused' : 'later';
}
