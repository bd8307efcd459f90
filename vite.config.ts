import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { cacheControl, contentTypeOf, headersOf } from './deploy/headers.ts';
import { appBuild } from './scripts/app-build.ts';
import { firstPaintStyle } from './scripts/first-paint-style.ts';
import { firstChunkOf } from './scripts/first-chunks.ts';
import type { ModuleGraph } from './scripts/first-chunks.ts';
import { servedFiles } from './scripts/served-files.ts';
import { trimmedRuntime } from './scripts/trim-runtime/plugin.ts';

/** `vite preview` answers as production does, so that what a policy forbids fails here first. */
function productionHeaders(): Plugin {
  return {
    name: 'ktav:production-headers',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const there = existsSync(
          resolve(server.config.root, server.config.build.outDir, `.${decodeURIComponent(path)}`),
        );
        const status = there ? 200 : 404;
        for (const [name, value] of Object.entries(headersOf(path, status))) response.setHeader(name, value);
        response.setHeader('Cache-Control', cacheControl(path, status));
        if (there) response.setHeader('Content-Type', contentTypeOf(path));
        next();
      });
    },
  };
}

const sourceOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What main.tsx asks for once it runs. The bundler's own helpers lie apart, since both react and page need them. */
const afterStart: readonly string[] = ['rolldown-runtime', 'react', 'page'];
/**
 * How index.html speaks of it. `react`, the largest, is not asked for before the first paint; the page that the service
 * worker keeps has it preloaded like the others (src/sw/kept-page.ts).
 */
const relOf = (name: string): string => (name === 'react' ? 'ktav-preload-when-kept' : 'modulepreload');

const firstChunk = (id: string, graph: ModuleGraph): string | null =>
  firstChunkOf(graph, sourceOf('src/main.tsx'), sourceOf('src/ui/react.tsx'), sourceOf('src/ui/mount.tsx'))(id);

/**
 * The script runs when it is there, and not as the last step of parsing the page: a browser lays the page out in that same
 * task. It stands behind the page's own elements, which it needs.
 */
const withScriptApart = (html: string): string =>
  html.replace(
    /\s*<script type="module"([^>]*)><\/script>([\s\S]*?)(\s*<\/body>)/,
    '$2\n    <script type="module" async$1></script>$3',
  );

/** index.html names the files of the first screen, which main.tsx asks for only once it runs: a round trip earlier. */
function firstScreenEarly(): Plugin {
  return {
    name: 'ktav:first-screen-early',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        // The bench has a page of its own.
        if (!html.includes('first-paper')) return html;
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const first = chunks.filter(({ name }) => afterStart.includes(name));
        const runtime = Object.keys(bundle).find((file) => /\/ort\.webgl\.[^/]*\.js$/.test(file));
        const styles = first.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        const tags: HtmlTagDescriptor[] = [
          // For src/app/first-runtime-edge.ts.
          ...(runtime === undefined
            ? []
            : [
                {
                  tag: 'meta',
                  attrs: { name: 'ktav-first-runtime', content: `./${runtime}` },
                  injectTo: 'head' as const,
                },
              ]),
          ...first.map(({ name, fileName }) => ({
            tag: 'link',
            attrs: {
              rel: relOf(name),
              crossorigin: true,
              href: `./${fileName}`,
              // Nothing that is painted first waits for them.
              fetchpriority: 'low',
            },
            injectTo: 'head' as const,
          })),
          ...styles.map((file) => ({
            tag: 'link',
            // What is there before them has its own style; `page` waits for them, by the bundler's hand.
            attrs: { rel: 'preload', as: 'style', crossorigin: true, fetchpriority: 'low', href: `./${file}` },
            injectTo: 'head' as const,
          })),
          // Behind what has to set out: the page comes in pieces on a thin line.
          { tag: 'style', children: firstPaintStyle, injectTo: 'head' },
        ];
        return { html: withScriptApart(html), tags };
      },
    },
  };
}

export default defineConfig({
  base: './',
  // Routes live in the hash, so a path without a file is a 404 and not the page: a missing model must not read as HTML.
  appType: 'mpa',
  plugins: [
    react(),
    trimmedRuntime(),
    productionHeaders(),
    firstScreenEarly(),
    // It builds src/sw and tells it the files of the build. Web manifest and registration are ours: docs/decisions/0013.
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: {
        // .wasm is listed, but kept only on devices that needed it. Models: src/model/cache.ts. config.json: never.
        globPatterns: ['index.html', 'icon.svg', 'ktav.webmanifest', 'assets/*.{js,css,woff2,wasm}'],
        maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
        rollupFormat: 'iife',
        sourcemap: false,
      },
    }),
  ],
  define: { __APP_BUILD__: JSON.stringify(appBuild(new URL('.', import.meta.url))) },
  // Pre-bundling would part the runtime from the .wasm that lies beside it.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  worker: {
    format: 'es',
    plugins: () => [trimmedRuntime(), servedFiles()],
    // ONNX Runtime asks whether it runs in Node. Answered here, it needs no file of the bundler's before it can begin.
    rolldownOptions: { transform: { define: { require: 'undefined' } } },
  },
  build: {
    target: 'es2022',
    sourcemap: true,
    // Nothing is inlined as data: the policy lets fonts and scripts come from files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // The first comes first: what both need is in start.
          groups: (['start', 'react', 'page'] as const).map((name, place) => ({
            name: (id, context) => (firstChunk(id, (module) => context.getModuleInfo(module)) === name ? name : null),
            debugName: name,
            priority: 2 - place,
          })),
        },
      },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1', port: 4173, strictPort: true },
});
