import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultConfig, readConfig } from './config.ts';

const target = { profile: 'nginx', baseUrl: 'https://inbox.example.org/' } as const;

describe('config.json', () => {
  test('as it is shipped says what an app without it would do', () => {
    const shipped: unknown = JSON.parse(readFileSync(new URL('../../public/config.json', import.meta.url), 'utf8'));
    expect(readConfig(shipped)).toEqual({ config: defaultConfig, problems: [] });
  });

  test('names what is wrong, and keeps what is right', () => {
    const { config, problems } = readConfig({ environment: 'prod', serviceWorker: false, features: { camera: 'no' } });
    expect(config).toEqual({ ...defaultConfig, serviceWorker: false });
    expect(problems).toEqual([
      'config.json: environment must be "development", "staging" or "production".',
      'config.json: features.camera must be true or false.',
    ]);
  });

  test('fills in a sync target', () => {
    expect(readConfig({ sync: target })).toEqual({
      config: { ...defaultConfig, sync: { ...target, app: 'ktav', headers: {}, capBytes: 2_000_000, gzip: true } },
      problems: [],
    });
  });

  test('of a sync target that is wrong nothing is used', () => {
    const { config, problems } = readConfig({ sync: { ...target, baseUrl: 'javascript:alert(1)' } });
    expect(config.sync).toBeNull();
    expect(problems).toEqual(['config.json: sync.baseUrl must be http, https or relative.']);
  });

  test.each([
    ['a profile that is none', { profile: 'ftp' }, 'sync.profile must be "nginx", "s3" or "presigned".'],
    ['no address', { baseUrl: undefined }, 'sync.baseUrl must be an address.'],
    ['an app with a path in it', { app: '../x' }, 'sync.app must be of a-z, 0-9 and -.'],
    ['headers that are no texts', { headers: { a: 1 } }, 'sync.headers.a must be a text.'],
    ['a cap below one record', { capBytes: 9999 }, 'sync.capBytes must be whole bytes, 10000 or more.'],
    ['a switch that is a word', { gzip: 'yes' }, 'sync.gzip must be true or false.'],
    [
      'a word that is not known',
      { zip: true },
      'sync must be null, or { profile, baseUrl, app, headers, capBytes, gzip }.',
    ],
  ])('a sync target with %s is not used', (_, part, says) => {
    const { config, problems } = readConfig({ sync: { ...target, ...part } });
    expect(config.sync).toBeNull();
    expect(problems).toEqual([`config.json: ${says}`]);
  });

  test.each([
    [[], 'modelKeys must name a key, or be null.'],
    ['ab', 'modelKeys must be null or a list of keys.'],
    [['0'.repeat(64), 'AB'], 'modelKeys.1 must be 64 lower-case hex digits.'],
    [Array.from({ length: 9 }, () => '0'.repeat(64)), 'modelKeys must name 8 keys at most.'],
  ])('of keys %j none is taken', (modelKeys, says) => {
    const { config, problems } = readConfig({ modelKeys });
    expect(config.modelKeys).toBeNull();
    expect(problems).toEqual([`config.json: ${says}`]);
  });

  test('keys and headers are taken as they are', () => {
    const modelKeys = ['0123456789abcdef'.repeat(4)];
    const headers = { authorization: 'Basic a2V5' };
    const { config, problems } = readConfig({ modelKeys, sync: { ...target, headers } });
    expect([config.modelKeys, config.sync?.headers, problems]).toEqual([modelKeys, headers, []]);
  });

  test('a word that is not known is named and does no harm, as that of a newer app', () => {
    const { config, problems } = readConfig({ serviceworker: false, features: { telepathy: true } });
    expect(config).toEqual(defaultConfig);
    expect(problems).toEqual([
      'config.json: serviceworker is not known to this app.',
      'config.json: features.telepathy is not known to this app.',
    ]);
  });

  test.each([
    'models/catalog.json',
    './m/c.json',
    '/m/c.json',
    'https://m.example.org/c.json',
    '//m.example.org/c.json',
  ])('takes a catalog at %s', (catalogUrl) => {
    expect(readConfig({ catalogUrl })).toEqual({ config: { ...defaultConfig, catalogUrl }, problems: [] });
  });

  test.each(['', 'javascript:1', 'data:application/json,{}', 'file:///etc/passwd', 7, null])(
    'refuses a catalog at %s',
    (catalogUrl) => {
      const { config, problems } = readConfig({ catalogUrl });
      expect(config.catalogUrl).toBe(defaultConfig.catalogUrl);
      expect(problems).not.toEqual([]);
    },
  );

  test('whatever it holds, the kill switch is heard', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (rest, serviceWorker) => {
        expect(readConfig({ ...rest, serviceWorker }).config.serviceWorker).toBe(serviceWorker);
      }),
    );
  });

  test('whatever it is, there is a configuration', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { config } = readConfig(value);
        expect(Object.keys(config).toSorted()).toEqual(Object.keys(defaultConfig).toSorted());
      }),
    );
  });
});
