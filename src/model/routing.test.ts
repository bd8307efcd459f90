import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogModel, CatalogVersion } from './catalog.ts';
import { armOf } from './routing.ts';

const entry = (version: string, share: number, status: CatalogVersion['status'] = 'serving'): CatalogVersion => ({
  version,
  manifest: `${version}/manifest.json`,
  manifestSha256: '0'.repeat(64),
  manifestBytes: 1,
  status,
  share,
});
const model = (...versions: CatalogVersion[]): CatalogModel => ({ id: 'letters', versions });
const installs = fc.sample(fc.uuid(), { numRuns: 20_000, seed: 11 });
const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 5 });

/** Serving versions in proportion to weights. */
function weighted(all: readonly number[]): CatalogModel {
  const total = all.reduce((sum, weight) => sum + weight, 0);
  return model(...all.map((weight, index) => entry(`1.${index}.0`, weight / total)));
}

describe('the arm of a device', () => {
  it.each([[[0.5, 0.5]], [[0.95, 0.05]], [[0.6, 0.3, 0.1]], [[0.99, 0.01]]])(
    'shares %j are kept over 20 000 devices',
    (shares) => {
      const routed = model(...shares.map((share, index) => entry(`1.0.${index}`, share)));
      const counts = new Map<string, number>();
      for (const install of installs) {
        const { version } = armOf(routed, install);
        counts.set(version, (counts.get(version) ?? 0) + 1);
      }
      shares.forEach((share, index) => {
        // Four standard deviations of a binomial: one seeded draw, so this never flickers.
        const bound = 4 * Math.sqrt((share * (1 - share)) / installs.length);
        const got = (counts.get(`1.0.${index}`) ?? 0) / installs.length;
        expect(Math.abs(got - share)).toBeLessThan(bound);
      });
    },
  );

  it('is the same every time, in whatever order the catalog lists', () => {
    fc.assert(
      fc.property(fc.uuid(), weights, (install, all) => {
        const { id, versions } = weighted(all);
        expect(armOf({ id, versions: versions.toReversed() }, install)).toBe(armOf({ id, versions }, install));
      }),
    );
  });

  it('stays, or becomes the version that grew', () => {
    fc.assert(
      fc.property(fc.uuid(), weights, fc.nat(), fc.integer({ min: 1, max: 100 }), (install, all, pick, more) => {
        const grown = pick % all.length;
        const before = armOf(weighted(all), install).version;
        const after = armOf(
          weighted(all.map((weight, index) => (index === grown ? weight + more : weight))),
          install,
        ).version;
        expect([before, `1.${grown}.0`]).toContain(after);
      }),
      { numRuns: 500 },
    );
  });

  it('stays when another version retires', () => {
    fc.assert(
      fc.property(fc.uuid(), weights, fc.nat(), (install, all, pick) => {
        const gone = pick % all.length;
        const before = armOf(weighted(all), install).version;
        const { id, versions } = weighted(all.map((weight, index) => (index === gone ? 0 : weight)));
        const retired = versions.map((version, index) =>
          index === gone ? { ...version, status: 'retired' as const } : version,
        );
        const after = armOf({ id, versions: retired }, install).version;
        expect(after).not.toBe(`1.${gone}.0`);
        if (before !== `1.${gone}.0`) expect(after).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  it('is never a candidate', () => {
    const routed = model(entry('1.0.0', 1), entry('2.0.0', 0, 'candidate'));
    expect(installs.slice(0, 500).every((install) => armOf(routed, install).version === '1.0.0')).toBe(true);
  });

  it('is drawn anew for each model, so that two trials do not share their devices', () => {
    const versions = [entry('1.0.0', 0.5), entry('1.1.0', 0.5)];
    const same = installs.filter(
      (install) => armOf({ id: 'a', versions }, install) === armOf({ id: 'b', versions }, install),
    );
    expect(same.length / installs.length).toBeCloseTo(0.5, 1);
  });
});
