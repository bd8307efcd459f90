/**
 * The engine without the app around it, for browser tests: window.engine. Built and served by support/engine-site.ts;
 * no part of what is shipped.
 */
import type { Answer, Backend, ClassifyInput, EngineClient, EngineStatus } from '#inference/answer';
import { createEngineClient, startEngineWorker } from '#inference/client';
import { EngineError } from '#inference/engine-error';

export type Outcome =
  | {
      readonly answer: {
        readonly prediction: Answer['prediction'];
        readonly receipt: Answer['receipt'];
        readonly timing: Answer['timing'];
      };
    }
  | { readonly code: string; readonly detail: string };

export interface EngineHarness {
  /** Starts an engine; params as the app reads them from the address. */
  open(options: { readonly backend: Backend | null; readonly hangLimit?: number }): void;
  /** A letter that is drawn: three strokes, moved by seed. */
  draw(seed: number, options?: { readonly concurrent?: boolean; readonly withdrawAfter?: number }): Promise<Outcome>;
  /** A picture of side × side pixels with a dark cross, transferred to the worker. */
  picture(
    side: number,
    options?: { readonly concurrent?: boolean; readonly onGraphicsCard?: boolean },
  ): Promise<Outcome>;
  retry(): void;
  close(): void;
  /** All that was said since open(), oldest first. */
  readonly statuses: EngineStatus[];
}

declare global {
  interface Window {
    engine: EngineHarness;
  }
}

let client: EngineClient | null = null;
const statuses: EngineStatus[] = [];

function ask(signal: AbortSignal, input: ClassifyInput, concurrent: boolean): Promise<Outcome> {
  if (client === null) throw new Error('open() comes first');
  return client.classify(signal, input, { concurrent }).then(
    ({ prediction, receipt, timing }) => ({ answer: { prediction, receipt, timing } }),
    (error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
      return { code: error.code, detail: error.detail };
    },
  );
}

window.engine = {
  statuses,
  open({ backend, hangLimit }) {
    statuses.length = 0;
    const folder = new URL('../../', location.href).href;
    client = createEngineClient({
      startWorker: startEngineWorker,
      ...(hangLimit === undefined ? {} : { hangLimit }),
      start: {
        baseUrl: folder,
        catalogUrl: new URL('models/catalog.json', folder).href,
        modelKeys: null,
        installId: '00000000-0000-4000-8000-000000000000',
        pin: null,
        preference: backend,
        appBuild: '0.1.0+test',
      },
    });
    statuses.push(client.status());
    client.subscribe((status) => statuses.push(status));
  },
  draw(seed, { concurrent = false, withdrawAfter } = {}) {
    const at = (x: number, y: number, t: number) => ({ x: x + (seed % 7), y: y + (seed % 5), t });
    const ink = [
      [at(20, 20, 0), at(60, 90, 40), at(100, 160, 80)],
      [at(90, 20, 120), at(60 - (seed % 11), 60, 160)],
      [at(30, 160, 200), at(40, 110, 240)],
    ];
    const signal = withdrawAfter === undefined ? new AbortController().signal : AbortSignal.timeout(withdrawAfter);
    return ask(signal, { kind: 'ink', ink, line: { headline: 10, baseline: 170 } }, concurrent);
  },
  async picture(side, { concurrent = false, onGraphicsCard = false } = {}) {
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d', { willReadFrequently: !onGraphicsCard });
    if (context === null) throw new Error('no canvas');
    context.fillStyle = '#f4f0e6';
    context.fillRect(0, 0, side, side);
    context.fillStyle = '#202040';
    context.fillRect(side * 0.3, side * 0.45, side * 0.4, side * 0.06);
    context.fillRect(side * 0.45, side * 0.3, side * 0.06, side * 0.4);
    const bitmap = canvas.transferToImageBitmap();
    const input: ClassifyInput = { kind: 'picture', bitmap, crop: null, invert: false, line: null };
    return ask(new AbortController().signal, input, concurrent);
  },
  retry: () => client?.retry(),
  close: () => client?.close(),
};
