import { SharedTasks } from './abort.ts';
import { ModelError } from './error.ts';
import { jsonOf } from './json.ts';
import { readGoldens } from './goldens.ts';
import { rememberFailed, rememberGood } from './history.ts';
import { fileKey } from './keys.ts';
import type { LoadedModel, OnProgress } from './loaded.ts';
import type { Manifest, ModelFile } from './manifest.ts';
import { obtain } from './obtain.ts';
import { checkOnnx } from './onnx.ts';
import { expandPacked } from './packed.ts';
import type { Chosen, LoadSession } from './session.ts';
import { sha256 } from './sha256.ts';

/** A manifest and the way to its files: see LoadedModel. */
export function openPackage(
  session: LoadSession,
  manifest: Manifest,
  chosen: Chosen,
  onProgress: OnProgress,
): LoadedModel {
  const { store } = session;
  const tasks = new SharedTasks<Uint8Array<ArrayBuffer>>();

  const verified = (signal: AbortSignal, name: string, file: Manifest['goldens']): Promise<Uint8Array<ArrayBuffer>> => {
    const wanted = { url: new URL(file.path, chosen.url).href, bytes: file.bytes, sha256: file.sha256 };
    return obtain(signal, wanted, session, (loadedBytes, from) =>
      onProgress({ file: name, loadedBytes, totalBytes: file.bytes, from }),
    );
  };

  return {
    manifest,
    version: manifest.version,
    entry: chosen.entry,
    origin: chosen.origin,
    notes: () => [...session.notes],
    async bytesOf(signal, fileName) {
      const file = fileNamed(manifest, fileName);
      const bytes = await tasks.run(signal, fileName, async (shared) =>
        onnxOf(await verified(shared, fileName, file), file),
      );
      return bytes.slice();
    },
    async isCached(fileName) {
      const wanted = fileKey(fileNamed(manifest, fileName).sha256);
      return (await store.keys(wanted)).includes(wanted);
    },
    async goldens(signal) {
      const { goldens } = manifest;
      const bytes = await tasks.run(signal, 'goldens', (shared) => verified(shared, 'goldens', goldens));
      return readGoldens(jsonOf(bytes, 'manifest-invalid', goldens.path), manifest);
    },
    async passed() {
      if (chosen.origin === 'pinned') return;
      await rememberGood(store, {
        model: manifest.id,
        version: manifest.version,
        manifestUrl: chosen.url,
        manifestSha256: chosen.sha256,
        manifestBytes: chosen.bytes,
        keeps: [chosen.sha256, manifest.goldens.sha256, ...manifest.files.map(({ sha256 }) => sha256)],
      });
    },
    async failed() {
      await rememberFailed(store, { manifestSha256: chosen.sha256, appVersion: session.appVersion });
    },
  };
}

function fileNamed({ files }: Manifest, name: string): ModelFile {
  const file = files.find((file) => file.name === name);
  if (file === undefined) throw new ModelError('manifest-invalid', 'manifest.files', `has no file "${name}"`);
  return file;
}

async function onnxOf(bytes: Uint8Array<ArrayBuffer>, file: ModelFile): Promise<Uint8Array<ArrayBuffer>> {
  if (file.role === 'onnx') {
    checkOnnx(bytes);
    return bytes;
  }
  const onnx = expandPacked(bytes, file.expanded.bytes);
  if ((await sha256(onnx)) !== file.expanded.sha256) {
    throw new ModelError('manifest-invalid', file.path, 'does not expand to the file that the manifest names');
  }
  checkOnnx(onnx);
  return onnx;
}
