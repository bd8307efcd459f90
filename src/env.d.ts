// What Vite adds to the language. Not `vite/client`: that brings the DOM library along, and workers have none.

/** `version+hash` of the commit that this build was made from; goes into every receipt. */
declare const __APP_BUILD__: string;

interface ImportMetaEnv {
  readonly BASE_URL: string;
  readonly DEV: boolean;
  readonly PROD: boolean;
  readonly MODE: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}

declare module '*?url' {
  const url: string;
  export default url;
}

declare module '*?raw' {
  const text: string;
  export default text;
}

declare module '*.svg' {
  const url: string;
  export default url;
}

declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

declare module '*.css';

declare module '*?worker&url' {
  const url: string;
  export default url;
}

/** The runtime that a build trims for its models: scripts/trim-runtime. */
declare module 'virtual:trimmed-runtime' {
  /** Relative to the script, like other assets; null where the build has none. */
  export const trimmedUrl: string | null;
  /** Bytes as unpacked; 0 without one. */
  export const trimmedBytes: number;
  /** Lower-case hex; empty without one. */
  export const trimmedSha256: string;
  /** SHA-256 of the model files that it runs. */
  export const trimmedModels: readonly string[];
  /** The one that has the served model open; null where the build has none. */
  export const openedUrl: string | null;
  export const openedSha256: string;
  /** SHA-256 of that model's file. */
  export const openedModel: string;
}

/** What a first visit to this build will fetch: scripts/served-files.ts. */
declare module 'virtual:served-files' {
  import type { ServedFiles } from '#inference/foresight';
  export const served: ServedFiles | null;
  /** The graph of its model for WebGL, without the weights, in base64; null where it cannot do without them. */
  export const webglGraph: string | null;
}

/** The same code as a module of its own. */
declare module 'onnxruntime-web/wasm?again' {
  export * from 'onnxruntime-web/wasm';
}
