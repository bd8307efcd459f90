import type { Place, Visitor } from './visitor.ts';

/** The name under which an element travels, by the standard. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * The few of W3C WebDriver's commands that a visit takes: https://www.w3.org/TR/webdriver2/. It ends with the driver:
 * WebKitGTK's may take minutes over the command to close.
 */
export async function openByWebDriver(
  driver: string,
  capabilities: Readonly<Record<string, unknown>>,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Omit<Visitor, 'close'>> {
  const { sessionId } = (await command(driver, 'POST', '/session', {
    capabilities: { alwaysMatch: capabilities },
  })) as { readonly sessionId: string };
  const say = (method: string, path: string, body?: unknown): Promise<unknown> =>
    command(driver, method, `/session/${sessionId}${path}`, body);
  const act = async (actions: readonly unknown[]): Promise<void> => {
    const mouse = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
    await say('POST', '/actions', { actions: [mouse] });
  };
  await say('POST', '/timeouts', { script: 60_000, pageLoad: 90_000, implicit: 0 });
  await say('POST', '/window/rect', { width, height });
  return {
    open: async (url) => void (await say('POST', '/url', { url })),
    reload: async () => void (await say('POST', '/refresh', {})),
    run: async <Given, Out>(code: (given: Given) => Out, given: Given) =>
      (await say('POST', '/execute/sync', { script: `return (${code})(...arguments)`, args: [given] })) as Out,
    press: (place) => act(stroke([place])),
    write: (strokes) => act(strokes.flatMap(stroke)),
    async choose(testId, paths) {
      const using = { using: 'css selector', value: `[data-testid="${testId}"]` };
      const element = (await say('POST', '/element', using)) as Readonly<Record<string, string>>;
      await say('POST', `/element/${element[ELEMENT]}/value`, { text: paths.join('\n') });
    },
  };
}

/** Down at the first place, through all others, up at the last. */
function stroke(places: readonly Place[]): readonly unknown[] {
  const moves = places.map(([x, y]) => ({ type: 'pointerMove', duration: 0, origin: 'viewport', x, y }));
  const button = (type: string) => ({ type, button: 0 });
  return [...moves.slice(0, 1), button('pointerDown'), ...moves.slice(1), button('pointerUp')];
}

/** The script ran, and the driver of WebKitGTK could not read what it gave. */
export class UnreadAnswer extends Error {
  override name = 'UnreadAnswer';
}

async function command(driver: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${driver}${path}`, { method, ...sent, signal: AbortSignal.timeout(120_000) });
  const { value } = (await response.json()) as { readonly value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { readonly error: string; readonly message: string };
  const told = `${method} ${path}: ${error}: ${message}`;
  throw message === 'Could not parse script result' ? new UnreadAnswer(told) : new Error(told);
}
