import { cacheControl, contentTypeOf } from '../headers.ts';

/** One object of the bucket. */
export type Upload = {
  /** Path in the build. */
  readonly file: string;
  readonly key: string;
  readonly type: string;
  readonly cache: string;
  readonly encoding: 'br' | null;
};

/**
 * What goes into the bucket, in the order in which it has to arrive: whatever is asked for is there before the file that
 * asks for it. Nothing is taken away: a page that was just opened may still want the assets of the build before.
 *
 * paths: all files of the build, with slashes. CloudFront compresses what is under 10 MB; larger are only ONNX Runtime's
 * .wasm, of which the packed one goes up under its own name. Models stay as they are, since a packed one cannot be
 * gone on with where a download broke off.
 */
export function uploadPlan(paths: readonly string[]): readonly Upload[] {
  const plain = paths.filter((path) => !/\.(br|gz)$/.test(path));
  const uploads = plain.map((key): Upload => {
    const asBrotli = key.endsWith('.wasm') && paths.includes(`${key}.br`);
    return {
      file: asBrotli ? `${key}.br` : key,
      key,
      type: contentTypeOf(key),
      cache: cacheControl(`/${key}`, 200),
      encoding: asBrotli ? 'br' : null,
    };
  });
  return uploads.toSorted((a, b) => waveOf(a.key) - waveOf(b.key));
}

/** The catalog after its models, its signature at once after it, and what opens the new build last. */
const last = ['models/catalog.json', 'models/catalog.json.sig', 'sw.js', 'index.html'];

function waveOf(key: string): number {
  const place = last.indexOf(key);
  if (place >= 0) return 2 + place;
  return /^(assets|models)\//.test(key) ? 0 : 1;
}

/** What the AWS CLI is told for one of them, whose bytes are in the file body. */
export function putObject(bucket: string, body: string, { key, type, cache, encoding }: Upload): string[] {
  const how = encoding === null ? [] : ['--content-encoding', encoding];
  const what = ['--bucket', bucket, '--key', key, '--body', body];
  return ['s3api', 'put-object', ...what, '--content-type', type, '--cache-control', cache, ...how];
}
