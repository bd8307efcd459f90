import { defaultConfig, readConfig } from './config.ts';
import type { ReadConfig } from './config.ts';

/** later: what the server said after the start, where that is anything new to say; else null. Never rejects. */
export type LoadedConfig = ReadConfig & { readonly later: Promise<ReadConfig | null> };

const KEY = 'ktav.config.1';
/** A device that has a configuration waits no longer than this for the server's: nothing is painted meanwhile. */
const PATIENCE_MS = 300;
/** On a first visit there is nothing else to go by but the defaults. */
const FIRST_PATIENCE_MS = 4000;

/**
 * The configuration. A page that the service worker brought from this device starts with the one of the last visit, and
 * asks the server when calm comes. Else it is the server's if it answers soon, then the one of the last visit, then the
 * defaults. What cannot be had or read is a problem to be shown, never a reason not to start. The service worker leaves
 * config.json alone.
 */
export async function loadConfig(url: string, calm: Promise<void>): Promise<LoadedConfig> {
  const kept = keptConfig();
  const otherwise = kept ?? { config: defaultConfig, problems: [] };
  const afterwards = (fresh: Promise<ReadConfig | NoConfig>): LoadedConfig => ({
    ...otherwise,
    later: fresh.then((answer) => laterOf(answer, otherwise)),
  });
  // Absent on http:// and in some private windows. None on a reload past all caches: that is a wish to ask the server.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (kept !== null && (container?.controller ?? null) !== null) return afterwards(calm.then(() => freshConfig(url)));

  const fresh = freshConfig(url);
  const late = Symbol('late');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), kept === null ? FIRST_PATIENCE_MS : PATIENCE_MS);
  });
  const first = await Promise.race([fresh, patience]);
  clearTimeout(timer);
  if (first === late) return afterwards(fresh);
  return { ...(laterOf(first, otherwise) ?? otherwise), later: Promise.resolve(null) };
}

type NoConfig = { readonly problems: readonly string[] };

/** Null where the server said nothing. What it said that is no JSON is a problem of the configuration that holds on. */
function laterOf(answer: ReadConfig | NoConfig, otherwise: ReadConfig): ReadConfig | null {
  if ('config' in answer) return answer;
  if (answer.problems.length === 0) return null;
  return { config: otherwise.config, problems: [...otherwise.problems, ...answer.problems] };
}

/** Without an answer there is nothing to say: being offline is no mistake of whoever set this up. */
async function freshConfig(url: string): Promise<ReadConfig | NoConfig> {
  try {
    const response = await fetch(url, { credentials: 'same-origin' });
    if (response.status === 404) return { config: defaultConfig, problems: [] };
    if (!response.ok) return { problems: [] };
    const text = await response.text();
    const read = readConfig(parsed(text));
    keep(text);
    return read;
  } catch (error) {
    if (error instanceof SyntaxError) return { problems: [`config.json is no JSON: ${error.message}.`] };
    return { problems: [] };
  }
}

const parsed = (text: string): unknown => JSON.parse(text);

function keep(text: string): void {
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // Storage is forbidden or full: the next visit asks the server, as this one did.
  }
}

function keptConfig(): ReadConfig | null {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? null : readConfig(parsed(text));
  } catch {
    // Not allowed, or not what we wrote: as on a first visit.
    return null;
  }
}
