import { useSyncExternalStore } from 'react';
import type { Features } from '#app/config';
import type { IconName } from './Icon.tsx';

export const routes = [
  'draw',
  'upload',
  'camera',
  'letters',
  'feedback',
  'about',
] as const satisfies readonly IconName[];
export type Route = (typeof routes)[number];

/** What switches a screen off where the app is served: features in config.json. */
const switches: Readonly<Partial<Record<Route, keyof Features>>> = { camera: 'camera', feedback: 'feedback' };

/** The screens that are there; the address of another one leads to the sheet. */
export function shownRoutes(features: Features): readonly Route[] {
  return routes.filter((route) => {
    const feature = switches[route];
    return feature === undefined || features[feature];
  });
}

/** '#/letters' → letters; anything unknown → draw. Routes live in the hash, so that any static host serves them. */
export function routeOf(hash: string): Route {
  const name = /^#\/([a-z]+)/.exec(hash)?.[1];
  return routes.find((route) => route === name) ?? 'draw';
}

export const hashOf = (route: Route): string => `#/${route}`;

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => routeOf(window.location.hash));
}
