import type { Answer, EngineClient, EngineErrorCode } from '#inference/answer';
import { EngineError } from '#inference/engine-error';
import type { PictureBrowser, Preview } from '../picture-edge.ts';
import type { PictureEdit, Size } from './crop.ts';
import { inspectPicture } from './inspect.ts';
import { checkPictureSize } from './limits.ts';
import type { PictureFormat, Refusal } from './refusal.ts';
import { PictureRefused } from './refusal.ts';

/** One picture's work, from one attempt to the next. The desk writes it; reading it changes format, opened and retries. */
export type PictureJob = {
  readonly id: number;
  readonly file: File;
  edit: PictureEdit;
  /** What the file is; null until it was looked at. */
  format: PictureFormat | null;
  /** Whether it was decoded once, so that its preview and size are known. */
  opened: boolean;
  due: boolean;
  urgent: boolean;
  retries: number;
  controller: AbortController;
};

export type Outcome = {
  /** Of the first time that the picture was decoded; null later on. */
  readonly preview: Preview | null;
  readonly size: Size | null;
  readonly result:
    | { readonly kind: 'answered'; readonly answer: Answer }
    /** Sound, but the engine is not ready for it. */
    | { readonly kind: 'waiting' }
    | { readonly kind: 'failed'; readonly code: EngineErrorCode }
    | { readonly kind: 'refused'; readonly refusal: Refusal };
};

type Result = Outcome['result'];

/** How often a worker that died under a picture gets it again before a person is asked. */
const maxRetries = 1;
const diedUnderIt: ReadonlySet<EngineErrorCode> = new Set(['worker-crashed', 'worker-hung']);

/**
 * From a file to its answer: look at it, decode it, show it, have it read. Never rejects; what went wrong is the result.
 * The bitmap is either handed to the engine or closed.
 */
export function createPictureReader(
  engine: Pick<EngineClient, 'classify' | 'status'>,
  browser: PictureBrowser,
): (signal: AbortSignal, job: PictureJob) => Promise<Outcome> {
  return async (signal, job) => {
    let preview: () => Promise<Preview | null> = async () => null;
    let size: Size | null = null;
    const finish = async (result: Result): Promise<Outcome> => ({ preview: await preview(), size, result });
    let bitmap: ImageBitmap | null = null;
    try {
      job.format ??= await formatOf(signal, job.file);
      bitmap = await decode(job.file, job.format);
      signal.throwIfAborted();
      const { width, height } = bitmap;
      // The head may have told less than the truth.
      checkPictureSize({ width, height, decodeBytes: 4 }, job.file.size);
      if (!job.opened) {
        size = { width, height };
        // While the bitmap is here and nobody else has it: Chromium copies a bitmap that is shared when it is transferred.
        preview = roughPreview(bitmap);
        job.opened = true;
      }
      if (engine.status().phase !== 'ready') return await finish({ kind: 'waiting' });
      const { crop, turns, invert } = job.edit;
      const sent = bitmap;
      bitmap = null;
      const asked = engine.classify(
        signal,
        { kind: 'picture', bitmap: sent, crop, turns, invert, line: null },
        { concurrent: true },
      );
      const finer = preview();
      preview = () => finer;
      const answer = await asked;
      job.retries = 0;
      return await finish({ kind: 'answered', answer });
    } catch (error) {
      return finish(resultOf(error, job));
    } finally {
      bitmap?.close();
    }
  };

  /**
   * Only a rough copy is drawn while the bitmap is here; the preview is made of that while the engine reads. Without a
   * preview the answer is still an answer, so its failure takes nothing else along.
   */
  function roughPreview(bitmap: ImageBitmap): () => Promise<Preview | null> {
    try {
      const finish = browser.preview(bitmap);
      return async () => {
        try {
          return await finish();
        } catch {
          return null;
        }
      };
    } catch {
      return async () => null;
    }
  }

  async function formatOf(signal: AbortSignal, file: File): Promise<PictureFormat> {
    const inspection = await inspectPicture(signal, browser.bytes(file));
    if (inspection.kind === 'refused') throw new PictureRefused(inspection.refusal);
    return inspection.format;
  }

  async function decode(file: File, format: PictureFormat): Promise<ImageBitmap> {
    try {
      return await browser.decode(file, format);
    } catch (error) {
      if (isGone(error)) throw error;
      // Browsers say InvalidStateError for all that they cannot decode, and little else.
      throw new PictureRefused(format === 'heic' ? { code: 'heic' } : { code: 'undecodable', format });
    }
  }
}

function resultOf(error: unknown, job: PictureJob): Result {
  if (error instanceof PictureRefused) return { kind: 'refused', refusal: error.refusal };
  if (isGone(error)) return { kind: 'refused', refusal: { code: 'unreadable-file' } };
  const code = error instanceof EngineError ? error.code : 'internal';
  if (diedUnderIt.has(code) && job.retries < maxRetries) {
    job.retries++;
    return { kind: 'waiting' };
  }
  return { kind: 'failed', code };
}

const isGone = (error: unknown): boolean =>
  error instanceof DOMException && ['NotFoundError', 'NotReadableError', 'SecurityError'].includes(error.name);
