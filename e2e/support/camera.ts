import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { picture } from './pictures.ts';

/** A film for Chromium's pretended camera: one picture over and over, as Motion JPEG. Returns its path. */
export function filmOf(name: string): string {
  const frame = readFileSync(picture(name));
  const path = join(mkdtempSync(join(tmpdir(), 'ktav-camera-')), 'camera.mjpeg');
  writeFileSync(path, Buffer.concat([frame, frame, frame, frame]));
  return path;
}
