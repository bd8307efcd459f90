/**
 * Root of the thread that writes the second copy. Only a thread of this kind is given a file to write in place, which is
 * what leaves nothing of the browser's own books to be torn: no file is made, moved or removed by a save.
 */
import { HEAD_BYTES } from './journal-files.ts';
import type { Which } from './journal-files.ts';
import { orderIn } from './opfs-protocol.ts';
import type { Order, OrderResult } from './opfs-protocol.ts';

declare const self: DedicatedWorkerGlobalScope;

/** One after the other: a file is open once or not at all. */
let turn: Promise<unknown> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const order = orderIn(data);
  if (order === null) return;
  turn = answer(order, turn);
});

async function answer(order: Order, before: Promise<unknown>): Promise<void> {
  await before;
  try {
    self.postMessage({ id: order.id, result: await obey(order) }, []);
  } catch (error) {
    self.postMessage({ id: order.id, error: String(error) }, []);
  }
}

async function obey(order: Order): Promise<OrderResult> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(order.folder, { create: true });
  const files = await Promise.all([fileOf(folder, 0), fileOf(folder, 1)]);
  const handles: FileSystemSyncAccessHandle[] = [];
  try {
    // Both each time, and closed each time: a page that only lies open keeps no other page out.
    for (const file of files) handles.push(await opened(file));
    const [first, second] = handles;
    if (first === undefined || second === undefined) throw new Error('unreachable');
    return carryOut(order, first, second);
  } finally {
    for (const handle of handles) handle.close();
  }
}

function carryOut(order: Order, first: FileSystemSyncAccessHandle, second: FileSystemSyncAccessHandle): OrderResult {
  const file = order.which === 0 ? first : second;
  switch (order.do) {
    case 'read': {
      const bytes = new Uint8Array(file.getSize());
      return bytes.subarray(0, file.read(bytes, { at: 0 }));
    }
    case 'write':
      file.truncate(0);
      put(file, order.bytes, 0);
      return file.getSize();
    case 'append': {
      if (headOf(first) !== order.heads[0] || headOf(second) !== order.heads[1]) return 'moved';
      const before = file.getSize();
      try {
        put(file, order.bytes, before);
      } catch (error) {
        file.truncate(before);
        throw error;
      }
      return file.getSize();
    }
  }
}

const fileOf = (folder: FileSystemDirectoryHandle, which: Which): Promise<FileSystemFileHandle> =>
  folder.getFileHandle(`${which}.ndjson`, { create: true });

const OPEN_TRIES = 20;
const OPEN_AGAIN_MS = 25;

/** A tab that was killed may hold the file for a moment longer than its lock. */
async function opened(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let tries = 1; ; tries++) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (tries === OPEN_TRIES || !(error instanceof DOMException) || error.name !== 'NoModificationAllowedError')
        throw error;
      await new Promise((resolve) => setTimeout(resolve, OPEN_AGAIN_MS));
    }
  }
}

function headOf(file: FileSystemSyncAccessHandle): string {
  const bytes = new Uint8Array(HEAD_BYTES);
  return new TextDecoder().decode(bytes.subarray(0, file.read(bytes, { at: 0 })));
}

function put(file: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  // Where there is no room, some browsers throw, and some write a part of it.
  if (bytes.length > 0 && file.write(bytes, { at }) !== bytes.length) throw new Error('no room');
  file.flush();
}
