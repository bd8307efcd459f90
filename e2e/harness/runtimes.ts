/** The two WASM runtimes side by side, without the app: window.runtimes. No part of what is shipped. */
import { trustedScript } from '#inference/trusted-script';
// oxlint-disable-next-line import/default -- what Vite makes of it is an address, not the module.
import workerUrl from './runtimes-worker.ts?worker&url';
import type { RuntimesOrder, RuntimesReply } from './runtimes-order.ts';

declare global {
  interface Window {
    /** Null until all is done. The address names the package: ?manifest=models/…/manifest.json&small=trimmed */
    runtimes: RuntimesReply | null;
  }
}

const script = new URL(workerUrl, import.meta.url).href;
const worker = new Worker(trustedScript('ktav-engine', script, script), { type: 'module' });
window.runtimes = null;
worker.addEventListener('message', ({ data }: MessageEvent<RuntimesReply>) => (window.runtimes = data));
worker.addEventListener('error', ({ message }) => (window.runtimes = { error: message || 'the worker did not load' }));
const asked = new URLSearchParams(location.search);
const manifest = new URL(`../../${asked.get('manifest')}`, location.href).href;
const small = asked.get('small') === 'opened' ? 'opened' : 'trimmed';
worker.postMessage({ manifest, small } satisfies RuntimesOrder, []);
