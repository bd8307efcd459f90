import { describe, expect, it } from 'vitest';
import { readCatalog } from './catalog.ts';
import { document, spoilt } from './package.fixture.ts';

const version = { ...document('catalog')['models']?.['0']?.['versions']?.['0'] };

describe('a catalog', () => {
  it('is read when it is in order', () => {
    expect(readCatalog(document('catalog')).models[0]?.versions[0]?.share).toBe(1);
  });

  it.each<[situation: string, path: string, value: unknown, place: string]>([
    ['comes from the future', 'schemaVersion', '1', 'catalog.schemaVersion'],
    ['serves what it does not list', 'serves', 'other', 'catalog.serves'],
    ['lists a model twice', 'models.1', document('catalog')['models']?.['0'], 'catalog.models[1].id'],
    [
      'lists a version twice',
      'models.0.versions',
      [
        { ...version, share: 0.5 },
        { ...version, share: 0.5 },
      ],
      'catalog.models[0].versions[1].version',
    ],
    ['serves 90 %', 'models.0.versions.0.share', 0.9, 'catalog.models[0].versions'],
    ['serves -1', 'models.0.versions.0.share', -1, 'catalog.models[0].versions[0].share'],
    [
      'routes visitors to a candidate',
      'models.0.versions.0.status',
      'candidate',
      'catalog.models[0].versions[0].share',
    ],
    ['points out of its folder', 'models.0.versions.0.manifest', '../m.json', 'catalog.models[0].versions[0].manifest'],
    ['has no version', 'models.0.versions', [], 'catalog.models[0].versions'],
  ])('is refused when it %s', (_, path, value, place) => {
    expect(() => readCatalog(spoilt(document('catalog'), path, value))).toThrow(
      expect.objectContaining({ code: 'catalog-invalid', path: place }),
    );
  });

  it('accepts shares that add up to 1 but for the last bit', () => {
    const versions = [0.1, 0.2, 0.7].map((share, index) => ({ ...version, version: `1.0.${index}`, share }));
    expect(readCatalog(spoilt(document('catalog'), 'models.0.versions', versions)).models).toHaveLength(1);
  });
});
