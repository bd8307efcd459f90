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
