import { createHash, createHmac } from 'node:crypto';
import { send } from './wire-request.ts';
import type { Reply } from './wire-request.ts';

/** Who owns a bucket: signs as AWS Signature Version 4 has it. What anonymous visitors do needs none of this. */
export type S3Owner = { readonly url: string; readonly accessKey: string; readonly secretKey: string };

const region = 'us-east-1';
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** path begins with a slash and holds no character that wants escaping; query in the order of its keys. */
async function signedSend(
  { url, accessKey, secretKey }: S3Owner,
  method: string,
  path: string,
  { query = '', body = '' }: { readonly query?: string; readonly body?: string } = {},
): Promise<Reply> {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  // S3 wants it for policies and CORS rules.
  const md5 = createHash('md5').update(body).digest('base64');
  const signed: Readonly<Record<string, string>> = {
    'content-md5': md5,
    host: new URL(url).host,
    'x-amz-content-sha256': sha256(body),
    'x-amz-date': time,
  };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, path, query, lines.join(''), names, sha256(body)].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    hmac(`AWS4${secretKey}`, time.slice(0, 8)),
  );
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return send(url, {
    method,
    path: `${path}${query === '' ? '' : `?${query}`}`,
    headers: { ...signed, authorization },
    body: new TextEncoder().encode(body),
  });
}

/** A bucket that anyone may put under feedback/ from any page, and nothing else. @throws with the store's answer. */
export async function makeWriteOnlyBucket(owner: S3Owner, bucket: string): Promise<void> {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/feedback/*` },
    ],
  };
  const cors = `<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedHeader>if-none-match</AllowedHeader><AllowedHeader>content-type</AllowedHeader><AllowedHeader>content-encoding</AllowedHeader><ExposeHeader>retry-after</ExposeHeader></CORSRule></CORSConfiguration>`;
  await demand(owner, `/${bucket}`, {});
  await demand(owner, `/${bucket}`, { query: 'policy=', body: JSON.stringify(policy) });
  await demand(owner, `/${bucket}`, { query: 'cors=', body: cors });
}

async function demand(owner: S3Owner, path: string, options: Parameters<typeof signedSend>[3]): Promise<void> {
  const { status, body } = await signedSend(owner, 'PUT', path, options);
  if (status >= 300) throw new Error(`PUT ${path}?${options?.query ?? ''}: ${status} ${body.toString()}`);
}

/** All that lies under feedback/, by path below it, as the owner reads it. */
export async function readBucket(owner: S3Owner, bucket: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const key of await keysOf(owner, bucket)) {
    // A key is any text, and no address: "feedback/../x" is asked for as it stands.
    const path = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
    const { status, body } = await signedSend(owner, 'GET', path);
    if (status !== 200) throw new Error(`GET ${key}: ${status}`);
    found.set(key.replace(/^feedback\//, ''), body);
  }
  return found;
}

async function keysOf(owner: S3Owner, bucket: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let token = ''; ;) {
    const query = token === '' ? 'list-type=2' : `continuation-token=${encodeURIComponent(token)}&list-type=2`;
    const text = (await signedSend(owner, 'GET', `/${bucket}`, { query })).body.toString();
    keys.push(...[...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key));
    token = /<NextContinuationToken>([^<]*)</.exec(text)?.[1] ?? '';
    if (token === '') return keys;
  }
}
