import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { wishesOf } from '#app/address';
import { createApp } from '#app/app';
import { installId } from '#app/install-id-edge';
import { chooseLanguage, directionOf } from '#app/language';
import { localPreferences } from '#app/preferences-edge';
import { createEngineClient, startEngineWorker } from '#inference/client';
import { App } from '#ui/App';
import { createI18n } from './ui/i18n/i18n.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const wishes = wishesOf(window.location.search);
const storage = localPreferences();
const preferences = storage.load();
const language = chooseLanguage(wishes.language, preferences.language, navigator.languages);

const base = new URL('.', document.baseURI);
const engine = createEngineClient({
  startWorker: startEngineWorker,
  start: {
    baseUrl: base.href,
    catalogUrl: new URL('models/catalog.json', base).href,
    preference: wishes.backend ?? (preferences.backend === 'auto' ? null : preferences.backend),
    installId: installId(),
    pin: wishes.version,
    appBuild: __APP_BUILD__,
  },
});

const app = createApp({
  engine,
  storage,
  language,
  // A hidden page paints no frames, and needs no answers.
  nextFrame: (callback) => void requestAnimationFrame(callback),
});

// Before the first paint, so that nothing is laid out twice.
document.documentElement.lang = language;
document.documentElement.dir = directionOf(language);
document.documentElement.dataset['theme'] = preferences.theme;

createRoot(root).render(
  <StrictMode>
    <App app={app} i18n={createI18n(language)} />
  </StrictMode>,
);
