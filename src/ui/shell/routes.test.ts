import { expect, test } from 'vitest';
import { defaultConfig } from '#app/config';
import { hashOf, routeOf, routes, shownRoutes } from './routes.ts';

test('every screen has an address of its own', () => {
  for (const route of routes) expect(routeOf(hashOf(route))).toBe(route);
});

test('a screen that is switched off is not among those that are shown', () => {
  expect(shownRoutes(defaultConfig.features)).toEqual(routes);
  const shown = shownRoutes({ ...defaultConfig.features, camera: false, feedback: false });
  expect(shown).toEqual(routes.filter((route) => route !== 'camera' && route !== 'feedback'));
});

test('no address, and one that nobody knows, lead to the sheet', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#main']) {
    expect(routeOf(hash)).toBe('draw');
  }
});
