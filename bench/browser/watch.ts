/**
 * Watches the app's page from inside, without a part of the app knowing: installed before its first script runs, so it
 * must not reach anything outside its own body.
 */

/** From an event to the frame in which the answer to it was painted; all in milliseconds. */
export type Painted = {
  readonly total: number;
  /** Decoding of files in between, as the app asked for it. */
  readonly decode: number;
  readonly label: string | null;
  readonly backend: string | null;
};

export type LongTask = {
  readonly phase: string;
  /** Since the page began to load. */
  readonly start: number;
  readonly duration: number;
  /** What ran in it, longest first: who called and where it stands. */
  readonly scripts: readonly string[];
};

export type Watch = {
  /** From now on long tasks belong to this part of the visit. */
  enter(phase: string): void;
  /** The clock starts at the nth event of this type from now on, by the event's own time stamp. */
  arm(type: 'pointerup' | 'change', nth: number): void;
  /** The answer to that event, once it is painted. */
  painted(): Promise<Painted>;
  /** All long tasks so far, over 50 ms as the browser counts them. */
  longTasks(): readonly LongTask[];
};

declare global {
  interface Window {
    watch: Watch;
  }
}

type FrameEntry = PerformanceEntry & {
  readonly scripts?: readonly (PerformanceEntry & {
    readonly invoker: string;
    readonly sourceURL: string;
    readonly sourceFunctionName: string;
  })[];
};

export function installWatch(): void {
  const phases: { readonly name: string; readonly from: number }[] = [{ name: 'load', from: 0 }];
  const tasks: PerformanceEntry[] = [];
  const frames: FrameEntry[] = [];
  const taskWatch = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  const frameWatch = new PerformanceObserver((list) => frames.push(...list.getEntries()));
  taskWatch.observe({ type: 'longtask', buffered: true });
  frameWatch.observe({ type: 'long-animation-frame', buffered: true });

  let decode = 0;
  const decoder = window.createImageBitmap.bind(window);
  window.createImageBitmap = (async (...given: Parameters<typeof decoder>) => {
    const start = performance.now();
    const bitmap = await decoder(...given);
    if (given[0] instanceof Blob) decode += performance.now() - start;
    return bitmap;
  }) as typeof window.createImageBitmap;

  let armed: { readonly type: string; left: number } | null = null;
  let start: { readonly at: number; readonly request: number } | null = null;
  let settle: ((painted: Painted) => void) | null = null;
  let painted: Promise<Painted> | null = null;

  const prediction = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-testid=prediction]');
  const requestOf = (element: HTMLElement | null): number => Number(element?.dataset['request'] ?? 0);
  const newest = (): number =>
    Math.max(0, ...Array.from(document.querySelectorAll<HTMLElement>('[data-request]'), (one) => requestOf(one)));

  const begin = (event: Event): void => {
    if (armed?.type !== event.type || --armed.left > 0) return;
    armed = null;
    decode = 0;
    start = { at: event.timeStamp, request: newest() };
  };
  window.addEventListener('pointerup', begin, true);
  window.addEventListener('change', begin, true);

  const look = (): void => {
    const element = prediction();
    const state = element?.dataset['state'];
    if (start === null || element === null || requestOf(element) <= start.request) return;
    if (state !== 'ready' && state !== 'abstained') return;
    const { at } = start;
    const { label = null, backend = null } = element.dataset;
    const decoded = decode;
    start = null;
    // The frame that shows it; a message posted in it arrives when its layout and paint are done.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => {
        settle?.({ total: performance.now() - at, decode: decoded, label, backend });
      });
      channel.port1.start();
      channel.port2.postMessage(null);
    });
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-request', 'data-state'],
  });

  const scriptsOf = (task: PerformanceEntry): readonly string[] =>
    frames
      .flatMap((frame) => frame.scripts ?? [])
      .filter(
        (script) =>
          script.startTime < task.startTime + task.duration && script.startTime + script.duration > task.startTime,
      )
      .toSorted((a, b) => b.duration - a.duration)
      .map(({ invoker, sourceURL, sourceFunctionName, duration }) =>
        `${Math.round(duration)} ms ${invoker} ${sourceFunctionName} ${sourceURL.split('/').at(-1) ?? ''}`.trim(),
      );

  window.watch = {
    enter: (name) => void phases.push({ name, from: performance.now() }),
    arm: (type, nth) => {
      armed = { type, left: nth };
      painted = new Promise((resolve) => (settle = resolve));
    },
    painted: () => painted ?? Promise.reject(new Error('nothing was armed')),
    longTasks: () => {
      tasks.push(...taskWatch.takeRecords());
      frames.push(...frameWatch.takeRecords());
      return tasks.map((task) => ({
        phase: phases.findLast(({ from }) => from <= task.startTime)?.name ?? 'load',
        start: task.startTime,
        duration: task.duration,
        scripts: scriptsOf(task),
      }));
    },
  };
}
