import { describe, expect, it } from 'vitest';
import { countRuntimeDownload } from './runtime-download.ts';

const file = { url: 'https://ktav.example/assets/ort.wasm', bytes: 6 };

function lent(answer: () => Promise<Response>, stall?: number) {
  const seen: number[] = [];
  const asked: string[] = [];
  const original: typeof fetch = (resource) => {
    asked.push(String(resource));
    return answer();
  };
  const download = countRuntimeDownload(original, [file], (_, loaded) => seen.push(loaded), stall);
  return { download, seen, asked };
}

const streamed = (...parts: number[][]): Response => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(Uint8Array.from(part));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/plain' } });
};

describe('a runtime file', () => {
  it('arrives whole, counted, and as WebAssembly whatever the server calls it', async () => {
    const { download, seen } = lent(async () => streamed([1, 2], [3, 4, 5, 6]));
    const response = await download.fetch(file.url, { credentials: 'same-origin' });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(response.headers.get('Content-Type')).toBe('application/wasm');
    expect(seen).toEqual([2, 6, 6]);
    expect(download.failure()).toBeNull();
  });

  it.each([
    [404, 'file-missing'],
    [503, 'offline'],
  ])('answered with %d is %s', async (status, code) => {
    const { download } = lent(async () => new Response('', { status }));
    await expect(download.fetch(file.url)).rejects.toMatchObject({ code });
    expect(download.failure()).toMatchObject({ code });
  });

  it('without a network is offline', async () => {
    const { download } = lent(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(download.fetch(file.url)).rejects.toMatchObject({ code: 'offline' });
  });

  it('that stops in the middle is given up', async () => {
    const stuck = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Uint8Array.of(1)) });
    const { download } = lent(async () => new Response(stuck), 30);
    const response = await download.fetch(file.url);
    await expect(response.arrayBuffer()).rejects.toMatchObject({ code: 'offline' });
    expect(download.failure()).toMatchObject({ code: 'offline' });
  });
});

it('every other address passes through untouched', async () => {
  const { download, asked, seen } = lent(async () => new Response('model'));
  const response = await download.fetch('https://ktav.example/models/catalog.json');
  expect(await response.text()).toBe('model');
  expect(asked).toEqual(['https://ktav.example/models/catalog.json']);
  expect(seen).toEqual([]);
});
