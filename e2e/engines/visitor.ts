/** Somebody at a browser, whichever it is: real input, and questions to the page. Viewport pixels everywhere. */
export type Visitor = {
  readonly open: (url: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  /** Runs in the page, and knows nothing but what it is given; both ways as JSON. */
  readonly run: <Given, Out>(code: (given: Given) => Out, given: Given) => Promise<Out>;
  /** A click, or a tap where there is a touch screen. */
  readonly press: (place: Place) => Promise<void>;
  /** Strokes by mouse or finger. */
  readonly write: (strokes: readonly (readonly Place[])[]) => Promise<void>;
  /** Files into the input of that test id. */
  readonly choose: (testId: string, paths: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Place = readonly [x: number, y: number];

/** What data- attributes say, by their names in a dataset. */
export type Hooks = Readonly<Record<string, string | undefined>>;
