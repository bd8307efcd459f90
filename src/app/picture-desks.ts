import type { App } from './app.ts';
import { createPictureDesk } from './picture-desk.ts';
import type { PictureDesk } from './picture-desk.ts';
import { pictureBrowser } from './picture-edge.ts';

/** upload: what was chosen, dropped or pasted. camera: the last shot. */
export type DeskName = 'upload' | 'camera';

const desks = new WeakMap<App, Map<DeskName, PictureDesk>>();

/** The desk of that name, the same at every call: pictures outlive the screen that shows them. */
export function pictureDeskOf(app: App, name: DeskName): PictureDesk {
  const mine = desks.get(app) ?? new Map<DeskName, PictureDesk>();
  desks.set(app, mine);
  const desk =
    mine.get(name) ?? createPictureDesk({ engine: app.engine, nextRequest: app.nextRequest, browser: pictureBrowser });
  mine.set(name, desk);
  return desk;
}
