import { readFileSync } from 'node:fs';
import type { Answer, ClassifyInput, EngineStatus } from '#inference/answer';
import { ready } from '#inference/client.fixture';
import { createPictureDesk } from './picture-desk.ts';
import type { PictureBrowser, Preview } from './picture-edge.ts';
import type { Picture } from './pictures/picture.ts';

export const fixture = (name: string): File =>
  new File([readFileSync(new URL(`../../e2e/fixtures/pictures/${name}`, import.meta.url))], name);

export type PictureInput = Extract<ClassifyInput, { kind: 'picture' }>;

/** An engine and a browser that count what they were handed and whether it was handed back. */
export function workplace(classify: (input: PictureInput, signal: AbortSignal) => Promise<Answer>) {
  let status: EngineStatus = ready;
  const listeners: ((status: EngineStatus) => void)[] = [];
  const seen = {
    open: 0,
    mostOpen: 0,
    decoded: 0,
    order: [] as string[],
    previews: new Set<string>(),
    retried: 0,
  };
  const browser: PictureBrowser = {
    bytes: (file) => ({
      size: file.size,
      read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer()),
    }),
    async decode() {
      await Promise.resolve();
      seen.decoded++;
      seen.mostOpen = Math.max(seen.mostOpen, ++seen.open);
      let closed = false;
      const close = (): void => {
        if (!closed) seen.open--;
        closed = true;
      };
      return { width: 40, height: 20, close };
    },
    preview() {
      seen.order.push('drawn');
      const url = `blob:${seen.decoded}`;
      return async (): Promise<Preview> => {
        seen.order.push('finished');
        seen.previews.add(url);
        return { url, width: 40, height: 20 };
      };
    },
    discard: ({ url }) => void seen.previews.delete(url),
  };
  let requests = 0;
  const desk = createPictureDesk({
    nextRequest: () => ++requests,
    browser,
    engine: {
      status: () => status,
      subscribe(listener) {
        listeners.push(listener);
        return () => undefined;
      },
      retry: () => void seen.retried++,
      async classify(signal, input) {
        if (input.kind !== 'picture') throw new TypeError('a picture was expected');
        seen.order.push('asked');
        try {
          return await classify(input, signal);
        } finally {
          input.bitmap.close();
        }
      },
    },
  });
  const pictures = (): readonly Picture[] => desk.store.getState().pictures;
  return {
    desk,
    seen,
    pictures,
    kinds: () => pictures().map(({ reading }) => reading.kind),
    setStatus(next: EngineStatus) {
      status = next;
      for (const listener of listeners) listener(next);
    },
    async until(done: () => boolean) {
      for (let turn = 0; !done(); turn++) {
        if (turn > 2000) throw new Error(`still ${JSON.stringify(pictures().map(({ reading }) => reading))}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
  };
}
