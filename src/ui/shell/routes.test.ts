import { expect, test } from 'vitest';
import { hashOf, routeOf, routes } from './routes.ts';

test('every screen has an address of its own', () => {
  for (const route of routes) expect(routeOf(hashOf(route))).toBe(route);
});

test('no address, and one that nobody knows, lead to the sheet', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#main']) {
    expect(routeOf(hash)).toBe('draw');
  }
});
