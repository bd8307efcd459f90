import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import webgpuWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import { openedUrl, trimmedUrl } from 'virtual:trimmed-runtime';
import { wishesOf } from '#app/address';
import { createApp } from '#app/app';
import type { AppConfig } from '#app/config';
import { loadConfig } from '#app/config-edge';
import { breathe } from '#app/breath';
import { firstPaint } from '#app/first-paint-edge';
import { fetchFirstRuntime } from '#app/first-runtime-edge';
import { headingFace } from '#app/heading-face-edge';
import { browserInstall } from '#app/install-edge';
import { installId } from '#app/install-id-edge';
import { receiveLaunches } from '#app/install-launch-edge';
import { chooseLanguage, directionOf } from '#app/language';
import { sayWhichModelReads } from '#app/model-lock-edge';
import { localPreferences } from '#app/preferences-edge';
import { allowEmptyMarkup } from '#app/trusted-types-edge';
import { createTurn } from '#app/turn';
import { browserUpdates } from '#app/updates-edge';
import { keepInk, keptInk } from '#app/updates-ink-edge';
import { createCalm } from '#inference/calm';
import { createEngineClient, startEngineWorker, startLaterWorker } from '#inference/client';
import { firstToldAfter } from '#inference/told-after';
import { loadWords } from './ui/i18n/words.ts';
import { trustedKeys } from '#model/trusted-keys';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

allowEmptyMarkup();

const wishes = wishesOf(window.location.search);
const storage = localPreferences();
const preferences = storage.load();
const language = chooseLanguage(wishes.language, preferences.language, navigator.languages);
const install = browserInstall();

// Before the first paint, so that nothing is laid out twice.
document.documentElement.lang = language;
document.documentElement.dir = directionOf(language);
document.documentElement.dataset['theme'] = preferences.theme;
const headings = headingFace(document.documentElement);

// The paper that index.html paints is the first screen's, and no other's.
if (/^#\/(?!draw\b)[a-z]/.test(window.location.hash)) root.replaceChildren();

// On its way from the beginning (index.html names its files), and not waited for: the engine's thread, and what it
// downloads, set out before React has arrived.
const painted = firstPaint();
const words = painted.then(() => loadWords(language));
/** The backend that somebody wished for; null: the engine chooses. */
const preference = wishes.backend ?? (preferences.backend === 'auto' ? null : preferences.backend);
const page = painted.then(inTurn);

const isLater = 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
/**
 * On a first visit the engine's work begins when the first screen is whole, or after this: where the files come at once,
 * compiling the runtime would take every core from the page just as React lays it out. On a thin line React is the later.
 */
const ENGINE_PATIENCE_MS = 300;
const base = new URL('.', document.baseURI);
const configUrl = new URL('config.json', base).href;
const absolute = (url: string): string => new URL(url, import.meta.url).href;

/** What the page is made of, each part run by a task of its own. */
async function inTurn() {
  const react = import('#ui/react');
  await breathe();
  // React Aria asks for it as it loads, and the browser looks through all that it knows: 10 ms, once. Not about the
  // person's own languages: where a system has none, WebKitGTK names "C", and Intl throws at what is no language.
  Intl.DateTimeFormat.supportedLocalesOf('en');
  const { renderer } = await react;
  // Not before: on a thin line the sheet comes first, and what the thread asks for next keeps the line busy meanwhile.
  if (preference === null || preference === 'webgl') fetchFirstRuntime();
  await breathe();
  await renderer();
  await breathe();
  return import('#ui/mount');
}

/** Which models the engine may read with. */
function modelsOf({ catalogUrl, environment, modelKeys }: AppConfig) {
  return {
    catalogUrl: new URL(catalogUrl, configUrl).href,
    modelKeys: environment === 'development' ? null : (modelKeys ?? trustedKeys),
  };
}

async function start(root: HTMLElement): Promise<void> {
  const calm = createCalm();
  // index.html preloads it for a first visit; what the service worker brings starts with what is kept. Nobody waits here.
  const config = await loadConfig(configUrl, calm.come);
  await painted;
  const models = modelsOf(config.config);
  const engineStart = {
    baseUrl: base.href,
    ...models,
    preference,
    installId: installId(),
    pin: wishes.version,
    appBuild: __APP_BUILD__,
  };
  const turn = createTurn(ENGINE_PATIENCE_MS);
  const startWorker = isLater ? startLaterWorker : firstToldAfter(turn.come, startEngineWorker);
  const engine = createEngineClient({ startWorker, start: engineStart });
  sayWhichModelReads(engine, base);

  const app = createApp({
    engine,
    storage,
    language,
    // A hidden page paints no frames, and needs no answers.
    nextFrame: (callback) => void requestAnimationFrame(callback),
    config,
    updates: browserUpdates({
      base,
      script: import.meta.url,
      runtimes: {
        wasm: absolute(wasmUrl),
        webgpu: absolute(webgpuWasmUrl),
        ...(trimmedUrl === null ? {} : { trimmed: absolute(trimmedUrl) }),
        ...(openedUrl === null ? {} : { opened: absolute(openedUrl) }),
      },
    }),
    install,
    ink: { keep: keepInk, kept: keptInk },
    adaptation: async () => (await import('#feedback/adaptation-store')).openAdaptationStore(),
    feedback: async (sync) => (await import('#app/feedback-house-edge')).feedbackHouse(base.href, sync),
  });

  app.store.subscribe(({ reading }) => {
    if (reading.kind !== 'answered') return;
    calm.answered();
    headings();
  });

  const { mount } = await page;
  await breathe();
  mount(root, app, language, await words, turn.now);

  receiveLaunches(base, {
    onPictures: (files) => void openPictures(files),
    onShareFailed: () => app.store.setState({ shareFailed: true }),
  });
  const later = await config.later;
  if (later === null) return;
  app.configure(later);
  const others = modelsOf(later.config);
  // Other models, or another word on whose models are trusted: what began with the kept ones ends.
  if (JSON.stringify(others) !== JSON.stringify(models)) engine.startWith({ ...engineStart, ...others });

  async function openPictures(files: readonly File[]): Promise<void> {
    const { pictureDeskOf } = await import('#app/picture-desks');
    pictureDeskOf(app, 'upload').take(files);
    window.location.hash = '#/upload';
  }
}

void start(root);
