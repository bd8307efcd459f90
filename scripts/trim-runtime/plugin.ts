import { join } from 'node:path';
import type { Plugin } from 'vite';
import { trimmedRuntime as makeTrimmedRuntime } from './make.ts';

const ID = 'virtual:trimmed-runtime';

/**
 * `virtual:trimmed-runtime` for the app: where the runtime lies that is trimmed for the models of public/models, and for
 * which of them it is; and where the one lies that has the served model open. Declared in src/env.d.ts. off: there is none, as in a site without models.
 */
export function trimmedRuntime({ off = false } = {}): Plugin {
  let models = '';
  return {
    name: 'ktav:trimmed-runtime',
    configResolved({ publicDir }) {
      models = off || publicDir === '' ? '' : join(publicDir, 'models');
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    async load(id) {
      if (id !== `\0${ID}`) return null;
      const made = models === '' ? null : await makeTrimmedRuntime(models);
      const { bytes, sha256, models: names } = made ?? { bytes: 0, sha256: '', models: [] };
      const opened = made?.opened ?? null;
      return [
        made === null ? 'export const trimmedUrl = null;' : `export { default as trimmedUrl } from '${made.path}?url';`,
        `export const trimmedBytes = ${bytes};`,
        `export const trimmedSha256 = '${sha256}';`,
        `export const trimmedModels = ${JSON.stringify(names)};`,
        opened === null
          ? 'export const openedUrl = null;'
          : `export { default as openedUrl } from '${opened.path}?url';`,
        `export const openedSha256 = '${opened?.sha256 ?? ''}';`,
        `export const openedModel = '${opened?.model ?? ''}';`,
      ].join('\n');
    },
  };
}
