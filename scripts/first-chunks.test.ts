import { expect, test } from 'vitest';
import { firstChunkOf } from './first-chunks.ts';

const modules: Readonly<Record<string, readonly string[]>> = {
  main: ['client', 'zod'],
  client: ['zod', 'deep'],
  deep: ['client'],
  zod: [],
  ahead: ['react', 'deep'],
  mount: ['react', 'dom', 'screen', 'zod'],
  screen: ['react'],
  react: [],
  dom: ['scheduler', 'react'],
  scheduler: [],
  lazy: ['react', 'konva'],
  konva: [],
};
const later: Readonly<Record<string, readonly string[]>> = { ahead: ['dom'], screen: ['lazy'] };
const graph = (id: string) =>
  modules[id] === undefined ? null : { importedIds: modules[id], dynamicallyImportedIds: later[id] ?? [] };
const chunkOf = firstChunkOf(graph, 'main', 'ahead', 'mount');

test('what the engine needs to set out is apart from what paints, and shared parts are in the former', () => {
  expect(['client', 'deep', 'zod'].map(chunkOf)).toEqual(['start', 'start', 'start']);
  expect(['mount', 'screen'].map(chunkOf)).toEqual(['page', 'page']);
});

test('the libraries of the page are apart from the page, to be run by themselves', () => {
  expect(['ahead', 'react'].map(chunkOf)).toEqual(['react', 'react']);
  // Also what is run later than the rest: the same file, so that it is there already.
  expect(['dom', 'scheduler'].map(chunkOf)).toEqual(['react', 'react']);
});

test('what comes on need is left where the bundler puts it, and the main script keeps a file of its own', () => {
  expect(['lazy', 'konva', 'main'].map(chunkOf)).toEqual([null, null, null]);
});

test('a build of another page has neither', () => {
  expect(firstChunkOf(() => null, 'main', 'ahead', 'mount')('react')).toBeNull();
});
