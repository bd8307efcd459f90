import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { objectHeaders, objectUrl } from './object-request.ts';
import { readTarget, TargetError } from './target.ts';

const page = 'https://ktav.example/app/index.html?lang=he#/draw';
const batch = { name: 'ab'.repeat(32), date: '2026-11-21', gzip: false };
const path = `feedback/ktav/2026-11-21/${batch.name}.ndjson`;
const given = (change: object = {}) => ({ profile: 'nginx', baseUrl: '/', app: 'ktav', ...change });
const read = (change: object = {}, at = page) => readTarget(given(change), at);

function refusal(change: object, at = page): string {
  try {
    readTarget(given(change), at);
  } catch (error) {
    if (error instanceof TargetError) return `${error.code} ${error.field}`;
    throw error;
  }
  return 'taken';
}

describe('an address', () => {
  test.each([
    ['/', `https://ktav.example/${path}`],
    ['', `https://ktav.example/app/${path}`],
    ['inbox/', `https://ktav.example/app/inbox/${path}`],
    ['https://s3.example/bucket//', `https://s3.example/bucket/${path}`],
    [' https://s3.example ', `https://s3.example/${path}`],
    ['http://localhost:9000/in', `http://localhost:9000/in/${path}`],
    ['http://127.0.0.1:9000', `http://127.0.0.1:9000/${path}`],
    ['http://[::1]:9000', `http://[::1]:9000/${path}`],
  ])('%j is taken', (baseUrl, url) => {
    expect(objectUrl(read({ baseUrl }), batch)).toBe(url);
  });

  test.each([
    ['http://elsewhere.example', 'insecure baseUrl'],
    ['http://127.0.0.1.elsewhere.example', 'insecure baseUrl'],
    ['javascript:alert(1)', 'insecure baseUrl'],
    ['file:///etc/passwd', 'insecure baseUrl'],
    ['https://', 'url baseUrl'],
    ['https://me:secret@s3.example', 'credentials baseUrl'],
    ['https://me@s3.example', 'credentials baseUrl'],
    ['https://s3.example/?key=1', 'extra baseUrl'],
    ['https://s3.example/#here', 'extra baseUrl'],
    ['https://s3.example/{path}', 'template baseUrl'],
  ])('%j is refused', (baseUrl, says) => {
    expect(refusal({ baseUrl })).toBe(says);
  });

  test('plain http is taken on the site that the page is from, and on no other', () => {
    expect(read({ baseUrl: '/' }, 'http://192.168.1.5:8080/').baseUrl).toBe('http://192.168.1.5:8080');
    expect(refusal({ baseUrl: 'http://192.168.1.5:8081/' }, 'http://192.168.1.5:8080/')).toBe('insecure baseUrl');
  });
});

describe('a pre-signed address', () => {
  const url = (baseUrl: string) => objectUrl(read({ profile: 'presigned', baseUrl }), batch);

  test('gets the path in its own place, or in front of its query', () => {
    expect(url('https://x.example/put/{path}?sig=a%2Fb')).toBe(`https://x.example/put/${path}?sig=a%2Fb`);
    expect(url('https://x.example/c?sig=a')).toBe(`https://x.example/c/${path}?sig=a`);
    expect(url('https://x.example/sign?to={path}&by=me')).toBe(
      `https://x.example/sign?to=${encodeURIComponent(path)}&by=me`,
    );
  });

  test.each(['https://{path}.example/', 'https://x.example/{path}/{path}'])('%j is refused', (baseUrl) => {
    expect(refusal({ profile: 'presigned', baseUrl })).toBe('template baseUrl');
  });
});

test.each(['', 'Ktav', 'a/b', '..', 'a b', '-a', 'a'.repeat(65), 'כתב'])('the app %j is refused', (app) => {
  expect(refusal({ app })).toBe('app app');
});

describe('a header', () => {
  test.each([
    ['Cookie', 'a=b'],
    ['Host', 'elsewhere'],
    ['Sec-Fetch-Mode', 'cors'],
    ['If-None-Match', '*'],
    ['content-type', 'text/html'],
    ['no name', 'x'],
    ['', 'x'],
    ['X-Key', 'a\r\nX-Other: b'],
    ['X-Key', 'שלום'],
    ['X-Key', ' padded'],
  ])('%j: %j is refused', (name, text) => {
    expect(refusal({ headers: { [name]: text } })).toBe(`header headers.${name}`);
  });

  test('is refused a second time in other letters', () => {
    expect(refusal({ headers: { 'X-Key': 'a', 'x-key': 'b' } })).toBe('header headers.x-key');
  });

  test('of the person goes beside ours', () => {
    const headers = { Authorization: 'Bearer x' };
    const s3 = read({ profile: 's3', headers, gzip: true });
    const type = { 'Content-Type': 'application/x-ndjson' };
    expect(objectHeaders(s3, batch)).toEqual({ ...headers, ...type, 'If-None-Match': '*' });
    expect(objectHeaders(read({ headers }), { gzip: true })).toEqual({
      ...headers,
      ...type,
      'Content-Encoding': 'gzip',
    });
  });

  test('that would be dropped on the way is refused', () => {
    expect(refusal({ headers: JSON.parse('{"__proto__":"x"}') as unknown })).toBe('header headers.__proto__');
  });

  test('that is taken can be sent', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (name, text) => {
        if (refusal({ headers: { [name]: text } }) !== 'taken') return;
        expect(new Headers([[name, text]]).get(name)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

test('what is no target at all is refused by its field', () => {
  expect(() => readTarget(null, page)).toThrow(TargetError);
  expect(refusal({ profile: 'ftp' })).toBe('shape profile');
  expect(refusal({ capBytes: 100 })).toBe('shape capBytes');
  expect(refusal({ more: 1 })).toMatch(/^shape/);
});

test('what is not said is 2 MB and plain, and no cap is larger', () => {
  expect(read()).toMatchObject({ capBytes: 2_000_000, gzip: false, headers: {} });
  expect(read({ capBytes: 10_000_000 }).capBytes).toBe(2_000_000);
});

test('whatever address is taken leads to an object below the origin that was named', () => {
  const parts = fc.constantFrom(
    'https://',
    'http://',
    'x.example',
    'localhost',
    '/',
    '..',
    '@',
    ':',
    '?',
    '#',
    '{path}',
    '\\',
    'a',
    '%2e',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), fc.constantFrom('nginx', 's3', 'presigned'), (address, profile) => {
      const baseUrl = address.join('');
      if (refusal({ profile, baseUrl }) !== 'taken') return;
      const url = new URL(objectUrl(read({ profile, baseUrl }), batch));
      expect(url.origin).toBe(new URL(baseUrl.replace('{path}', 'x').trim() || '.', page).origin);
      expect(decodeURIComponent(url.href)).toContain(path);
      expect(url.username + url.password + url.hash).toBe('');
    }),
    { numRuns: 500 },
  );
});
