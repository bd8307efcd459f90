import type { ClassifyInput, EngineStatus } from '#inference/answer';
import { answerOf, ready } from '#inference/client.fixture';
import { createLiveReader } from './live-reader.ts';
import type { LiveReader } from './live-reader.ts';
import type { Reading } from './reading.ts';

/** What was asked of the engine, to be answered or failed when a test says so. */
type Request = {
  readonly input: ClassifyInput;
  readonly signal: AbortSignal;
  readonly answer: (label: string) => Promise<void>;
  readonly fail: (error: unknown) => Promise<void>;
};

/** A sheet that is read live, with a hand, an engine and a screen that a test moves. */
class LiveSheet {
  status: EngineStatus = ready;
  /** Points of its only stroke; 0 for an empty sheet. */
  ink = 0;
  reading: Reading = { kind: 'idle' };
  readonly requests: Request[] = [];
  readonly reader: LiveReader;
  #frames: (() => void)[] = [];

  constructor() {
    let number = 0;
    this.reader = createLiveReader({
      engine: {
        status: () => this.status,
        classify: (signal, input) =>
          new Promise((resolve, reject) => {
            const then = (settle: () => void): Promise<void> => {
              settle();
              return new Promise((done) => setTimeout(done, 0));
            };
            this.requests.push({
              input,
              signal,
              answer: (label) => then(() => resolve(answerOf(label))),
              fail: (error) => then(() => reject(error)),
            });
          }),
      },
      nextFrame: (callback) => this.#frames.push(callback),
      nextRequest: () => ++number,
      input: () => (this.ink === 0 ? null : { kind: 'ink', ink: [strokeOf(this.ink)], line: null }),
      reading: () => this.reading,
      show: (next) => {
        this.reading = next;
      },
    });
  }

  nextFrame(): void {
    const due = this.#frames;
    this.#frames = [];
    for (const callback of due) callback();
  }

  requestAt(index: number): Request {
    const request = this.requests.at(index);
    if (request === undefined) throw new Error(`no request ${index}`);
    return request;
  }

  become(next: EngineStatus): void {
    this.status = next;
    this.reader.engineChanged(next);
  }
}

const strokeOf = (length: number) => Array.from({ length }, (_, x) => ({ x, y: 0, t: x }));

export const liveSheet = (): LiveSheet => new LiveSheet();

/** Points of the ink that was asked about. */
export const inkOf = (input: ClassifyInput | undefined): number =>
  input?.kind === 'ink' ? (input.ink[0]?.length ?? 0) : Number.NaN;
