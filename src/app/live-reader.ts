import { EngineError } from '#inference/engine-error';
import type { Answer, ClassifyInput, EngineClient, EngineErrorCode, EngineStatus } from '#inference/answer';
import { lastAnswer } from './reading.ts';
import type { Reading } from './reading.ts';

/** Reads the sheet while it is written on. */
export type LiveReader = {
  /** The pen moved: an answer to the ink as it is now, when the engine is free for it. */
  glance(): void;
  /** The ink changed for good (pen up, undo, erased): the older request is aborted, and the answer to this ink is owed. */
  read(): void;
  engineChanged(status: EngineStatus): void;
};

export type LiveReaderParts = {
  readonly engine: Pick<EngineClient, 'classify' | 'status'>;
  readonly nextFrame: (callback: () => void) => void;
  readonly nextRequest: () => number;
  /** The ink as it is at this moment, or null when the sheet is empty. */
  readonly input: () => ClassifyInput | null;
  readonly reading: () => Reading;
  readonly show: (reading: Reading) => void;
};

/** How often a worker that died under the same ink is asked again without a person pressing the button. */
const MAX_RETRIES = 1;
const diedUnderIt: ReadonlySet<EngineErrorCode> = new Set(['worker-crashed', 'worker-hung']);

type Flight = { readonly controller: AbortController; readonly final: boolean };

/**
 * One request in flight. Glances never abort a glance, or a slow engine would never finish one: the newest ink waits
 * until the engine is free. A final reading aborts whatever flies.
 */
export function createLiveReader(parts: LiveReaderParts): LiveReader {
  const { engine, nextFrame, nextRequest, input, reading, show } = parts;
  let flight: Flight | null = null;
  let frameAsked = false;
  /** The pen moved since the last final reading: a frame that was asked for before it would read the same ink twice. */
  let moved = false;
  /** The ink moved on since the flight left. */
  let stale = false;
  /** The sheet waits for the engine. */
  let waiting = false;
  /** The failure that is shown is the engine's own state, not that of one request. */
  let engineDown = false;
  let retries = 0;

  function land(): void {
    flight?.controller.abort();
    flight = null;
    stale = false;
  }

  function showWaiting(): void {
    const { phase } = engine.status();
    waiting = true;
    if (phase !== 'failed') show({ kind: 'loading', last: lastAnswer(reading()) });
  }

  function send(final: boolean): void {
    const what = input();
    if (what === null) return;
    if (engine.status().phase !== 'ready') {
      showWaiting();
      return;
    }
    land();
    waiting = false;
    const current: Flight = { controller: new AbortController(), final };
    flight = current;
    const before = lastAnswer(reading());
    if (final || before === null) show({ kind: 'loading', last: before });
    engine.classify(current.controller.signal, what).then(
      (answer) => arrived(current, answer),
      (error: unknown) => failed(current, error),
    );
  }

  function arrived(from: Flight, answer: Answer): void {
    if (flight !== from) return;
    flight = null;
    retries = 0;
    show({ kind: 'answered', answer, request: nextRequest() });
    if (stale) glance();
  }

  function failed(from: Flight, error: unknown): void {
    if (flight !== from) return;
    flight = null;
    const code = error instanceof EngineError ? error.code : 'internal';
    if ((diedUnderIt.has(code) || code === 'aborted') && retries < MAX_RETRIES) {
      retries++;
      send(from.final);
      return;
    }
    show({ kind: 'failed', code });
  }

  function glance(): void {
    moved = true;
    stale = flight !== null;
    if (stale || frameAsked) return;
    frameAsked = true;
    nextFrame(() => {
      frameAsked = false;
      // A final reading may have left in the meantime, or even have been answered; its ink is newer than this glance.
      if (flight === null && moved) send(false);
    });
  }

  function readAgain(): void {
    moved = false;
    if (input() !== null) {
      send(true);
      return;
    }
    land();
    waiting = false;
    const status = engine.status();
    show(status.phase === 'failed' ? { kind: 'failed', code: status.code } : { kind: 'idle' });
  }

  function read(): void {
    retries = 0;
    readAgain();
  }

  function engineChanged(status: EngineStatus): void {
    if (status.phase === 'failed') {
      waiting = input() !== null;
      engineDown = true;
      land();
      show({ kind: 'failed', code: status.code });
      return;
    }
    const recovered = engineDown;
    engineDown = false;
    if (status.phase === 'ready' && (waiting || recovered)) readAgain();
    else if (recovered && input() === null) show({ kind: 'idle' });
    else if (recovered) showWaiting();
  }

  return { glance, read, engineChanged };
}
