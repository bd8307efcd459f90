import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { EngineClient, EngineStatus } from '#inference/answer';
import type { PictureBrowser } from './picture-edge.ts';
import { createPictureReader } from './pictures/picture-reader.ts';
import type { Outcome, PictureJob } from './pictures/picture-reader.ts';
import type { PictureEdit } from './pictures/crop.ts';
import { nameOfFile, newPicture } from './pictures/picture.ts';
import type { Picture } from './pictures/picture.ts';
import type { PictureFormat } from './pictures/refusal.ts';
import { lastAnswer } from './reading.ts';

/** surplus: how many files of the last selection were not taken, because there were more than maxPictures. */
export type DeskState = { readonly pictures: readonly Picture[]; readonly surplus: number };

/** Pictures of one selection. More of them belong into a collection. */
export const maxPictures = 200;

/** What a picture was made from, for who wants more of it than its answer. */
export type PictureOriginal = { readonly file: File; readonly format: PictureFormat };

/** Pictures in a row, each on its way to its own answer. */
export type PictureDesk = {
  readonly store: StoreApi<DeskState>;
  /** A new selection takes the place of the one before. edit is where the pictures start from, e.g. an aimed crop. */
  take(files: readonly File[], edit?: PictureEdit): void;
  /** Reads the picture anew; what was asked about it before is dropped. */
  edit(id: number, edit: PictureEdit): void;
  retry(id: number): void;
  remove(id: number): void;
  clear(): void;
  /** Drops what was not read yet; answers that are there stay. */
  stop(): void;
  /** null until it was looked at, and once it was taken away. */
  original(id: number): PictureOriginal | null;
};

export type PictureDeskParts = {
  readonly engine: Pick<EngineClient, 'classify' | 'status' | 'subscribe' | 'retry'>;
  readonly nextRequest: () => number;
  readonly browser: PictureBrowser;
};

/**
 * Works off one picture at a time, so that only one is ever decoded: the memory for a selection of many is that of the
 * largest. Pictures that a person just changed go first, then the others in their order.
 */
export function createPictureDesk({ engine, nextRequest, browser }: PictureDeskParts): PictureDesk {
  const store = createStore<DeskState>(() => ({ pictures: [], surplus: 0 }));
  const read = createPictureReader(engine, browser);
  const jobs = new Map<number, PictureJob>();
  let ids = 0;
  let working = false;

  function update(id: number, change: (picture: Picture) => Partial<Picture>): void {
    store.setState(({ pictures }) => ({
      pictures: pictures.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
    }));
  }

  const canGoOn = (job: PictureJob): boolean => job.due && (!job.opened || engine.status().phase === 'ready');

  function next(): PictureJob | null {
    const ready = [...jobs.values()].filter(canGoOn);
    return ready.find(({ urgent }) => urgent) ?? ready[0] ?? null;
  }

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    try {
      for (let job = next(); job !== null; job = next()) {
        const { controller } = job;
        const outcome = await read(controller.signal, job);
        // Changed, removed or stopped in the meantime: whoever did that has set what is shown.
        if (controller.signal.aborted) {
          if (outcome.preview !== null && jobs.get(job.id) !== job) browser.discard(outcome.preview);
          else if (outcome.preview !== null) update(job.id, () => opened(outcome));
          continue;
        }
        settle(job, outcome);
      }
    } finally {
      working = false;
    }
  }

  const opened = ({ preview, size }: Outcome): Partial<Picture> => (preview === null ? {} : { preview, size });

  function settle(job: PictureJob, outcome: Outcome): void {
    const { result } = outcome;
    const status = engine.status();
    job.due = result.kind === 'waiting';
    job.urgent &&= job.due;
    update(job.id, () => {
      const seen = opened(outcome);
      switch (result.kind) {
        case 'waiting':
          return status.phase === 'failed' ? { ...seen, reading: { kind: 'failed', code: status.code } } : seen;
        case 'answered':
          return { ...seen, reading: { kind: 'answered', answer: result.answer, request: nextRequest() } };
        case 'failed':
        case 'refused':
          return { ...seen, reading: result };
      }
    });
  }

  /** Puts a picture back into the queue; the answer before stays in sight until the next one comes. */
  function again(id: number, edit: (picture: Picture) => PictureEdit): void {
    const job = jobs.get(id);
    if (job === undefined) return;
    job.controller.abort();
    job.controller = new AbortController();
    job.due = true;
    job.urgent = true;
    job.retries = 0;
    update(id, (picture) => {
      job.edit = edit(picture);
      const { reading } = picture;
      const last = reading.kind === 'refused' ? null : lastAnswer(reading);
      return { edit: job.edit, reading: { kind: 'loading', last } };
    });
    void work();
  }

  function drop(id: number): void {
    const job = jobs.get(id);
    jobs.delete(id);
    job?.controller.abort();
    const preview = store.getState().pictures.find((one) => one.id === id)?.preview;
    if (preview) browser.discard(preview);
  }

  function clear(): void {
    for (const id of jobs.keys()) drop(id);
    store.setState({ pictures: [], surplus: 0 });
  }

  function engineChanged(status: EngineStatus): void {
    if (status.phase === 'ready') void work();
    store.setState(({ pictures }) => ({
      pictures: pictures.map((picture) => {
        if (jobs.get(picture.id)?.due !== true || !jobs.get(picture.id)?.opened) return picture;
        if (status.phase === 'failed') return { ...picture, reading: { kind: 'failed', code: status.code } };
        return picture.reading.kind === 'failed' ? { ...picture, reading: { kind: 'loading', last: null } } : picture;
      }),
    }));
  }
  engine.subscribe(engineChanged);

  return {
    store,
    take(files, edit) {
      clear();
      const taken = files.slice(0, maxPictures).map((file) => {
        const picture = newPicture(++ids, nameOfFile(file.name));
        const started = edit === undefined ? picture : { ...picture, edit };
        jobs.set(picture.id, {
          id: picture.id,
          file,
          edit: started.edit,
          format: null,
          opened: false,
          due: true,
          urgent: false,
          retries: 0,
          controller: new AbortController(),
        });
        return started;
      });
      store.setState({ pictures: taken, surplus: files.length - taken.length });
      void work();
    },
    edit: (id, edit) => again(id, () => edit),
    retry(id) {
      if (engine.status().phase === 'failed') engine.retry();
      again(id, ({ edit }) => edit);
    },
    remove(id) {
      drop(id);
      store.setState(({ pictures }) => ({ pictures: pictures.filter((one) => one.id !== id) }));
    },
    clear,
    stop() {
      for (const { id, reading } of store.getState().pictures) {
        const job = jobs.get(id);
        if (job === undefined || reading.kind !== 'loading') continue;
        job.controller.abort();
        job.controller = new AbortController();
        job.due = false;
        update(id, () => ({ reading: { kind: 'failed', code: 'aborted' } }));
      }
    },
    original(id) {
      const job = jobs.get(id);
      return job === undefined || job.format === null ? null : { file: job.file, format: job.format };
    },
  };
}
