import { EngineError } from './engine-error.ts';

/** A file of ONNX Runtime and its length in bytes as unpacked. */
export type RuntimeFile = { readonly url: string; readonly bytes: number };

type Fetch = typeof globalThis.fetch;

export type RuntimeDownload = {
  /** To stand in for the global fetch of the worker. */
  readonly fetch: Fetch;
  /** Why a runtime file could not be had: the runtime itself only says that it "aborted". Null when all went well. */
  readonly failure: () => EngineError | null;
};

/** A download that brings no byte for this long is given up. */
const STALL = 30_000;

/**
 * ONNX Runtime fetches its .wasm by the global fetch and tells nobody how far it got. In a worker that is ours that
 * fetch can be lent to it with a counter: bytes as they arrive and are unpacked, a stalled or refused download
 * by its right name, and low priority, so that on a thin line the model and WebGL come first. Streaming compilation
 * stays as it is. Every other URL passes through untouched.
 */
export function countRuntimeDownload(
  original: Fetch,
  files: readonly RuntimeFile[],
  onProgress: (file: RuntimeFile, loadedBytes: number) => void,
  stall = STALL,
): RuntimeDownload {
  let failure: EngineError | null = null;

  const counted = async (file: RuntimeFile, init: RequestInit | undefined): Promise<Response> => {
    const stalled = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rearm = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(new EngineError('offline', `${file.url} stopped arriving`)), stall);
    };
    const fail = (error: EngineError): EngineError => {
      clearTimeout(timer);
      return (failure = error);
    };
    rearm();
    const response = await original(file.url, { ...init, priority: 'low', signal: stalled.signal }).catch(
      (error: unknown) => {
        throw fail(new EngineError('offline', `${file.url} could not be fetched`, { cause: error }));
      },
    );
    if (!response.ok || response.body === null) {
      const code = response.status === 404 || response.status === 410 ? 'file-missing' : 'offline';
      throw fail(new EngineError(code, `${file.url} was answered with ${response.status}`));
    }
    let loaded = 0;
    const body = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          rearm();
          loaded += chunk.byteLength;
          onProgress(file, Math.min(loaded, file.bytes));
          controller.enqueue(chunk);
        },
        flush() {
          clearTimeout(timer);
          onProgress(file, file.bytes);
          failure = null;
        },
      }),
      { signal: stalled.signal },
    );
    stalled.signal.addEventListener('abort', () => fail(new EngineError('offline', `${file.url} stopped arriving`)));
    return new Response(body, { headers: { 'Content-Type': 'application/wasm' } });
  };

  return {
    fetch: (resource, init) => {
      const url = typeof resource === 'string' ? resource : resource instanceof URL ? resource.href : resource.url;
      const file = files.find((one) => one.url === url);
      return file === undefined ? original(resource, init) : counted(file, init);
    },
    failure: () => failure,
  };
}
