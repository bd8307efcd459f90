import { expect, test } from 'vitest';
import { firstChunkOf } from './first-chunks.ts';

const modules: Readonly<Record<string, readonly string[]>> = {
  main: ['client', 'zod'],
  client: ['zod', 'deep'],
  deep: ['client'],
  zod: [],
  mount: ['react', 'screen', 'zod'],
  screen: ['react'],
  react: [],
  lazy: ['react', 'konva'],
  konva: [],
};
const graph = (id: string) => (modules[id] === undefined ? null : { importedIds: modules[id] });
const chunkOf = firstChunkOf(graph, 'main', 'mount');

test('what the engine needs to set out is apart from what paints, and shared parts are in the former', () => {
  expect(['client', 'deep', 'zod'].map(chunkOf)).toEqual(['start', 'start', 'start']);
  expect(['mount', 'react', 'screen'].map(chunkOf)).toEqual(['page', 'page', 'page']);
});

test('what comes on need is left where the bundler puts it, and the main script keeps a file of its own', () => {
  expect(['lazy', 'konva', 'main'].map(chunkOf)).toEqual([null, null, null]);
});

test('a build of another page has neither', () => {
  expect(firstChunkOf(() => null, 'main', 'mount')('react')).toBeNull();
});
