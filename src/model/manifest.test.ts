import { describe, expect, it } from 'vitest';
import { ModelError } from './error.ts';
import { calibrationOf, fileFor, readManifest } from './manifest.ts';
import { document, spoilt } from './package.fixture.ts';

function refusalOf(value: unknown, appVersion: string | null = null): ModelError {
  try {
    readManifest(value, appVersion);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('a manifest that is in order', () => {
  it('is read whole', () => {
    const manifest = readManifest(document('manifest'));
    expect(manifest.labels.map(({ letter }) => letter)).toEqual(['ו', 'נ', 'ן']);
    expect(manifest.labels[2]?.finalOf).toBe('nun');
  });

  it('names the file of each backend, first come first served', () => {
    const manifest = readManifest(document('manifest'));
    expect(fileFor(manifest, 'wasm')?.name).toBe('int8');
    expect(fileFor(manifest, 'webgl')?.name).toBe('fp32-packed');
  });

  it('may calibrate one file by numbers of its own', () => {
    const own = {
      temperature: 2,
      unsure: { minProbability: 0.6 },
      reject: { score: 'energy', minEnergy: 1, falseAlarmRate: 0, missRate: 0 },
    };
    const manifest = readManifest(spoilt(document('manifest'), 'calibration.byFile', { int8: own }));
    expect(calibrationOf(manifest, 'int8').temperature).toBe(2);
    expect(calibrationOf(manifest, 'fp32-packed').temperature).toBe(1.5);
  });
});

describe('a manifest that is not', () => {
  const hash = 'A'.repeat(64);
  const line = { name: 'line', shape: ['N', 5] };
  it.each<[situation: string, path: string, value: unknown, place: string]>([
    ['comes from the future', 'schemaVersion', 2, 'manifest.schemaVersion'],
    ['has no version of its format', 'schemaVersion', undefined, 'manifest.schemaVersion'],
    ['has a key that nobody knows', 'quantum', true, 'manifest'],
    ['has an unknown key deep inside', 'calibration.reject.margin', 1, 'manifest.calibration.reject'],
    ['has another task', 'task', 'speech', 'manifest.task'],
    ['has a version that is none', 'version', '1.0', 'manifest.version'],
    ['has a date that is none', 'createdAt', '2026-02-30T00:00:00Z', 'manifest.createdAt'],
    ['reaches out of its folder', 'files.0.path', '../secret.onnx', 'manifest.files[0].path'],
    ['climbs in the middle of a path', 'files.0.path', 'a/../b.onnx', 'manifest.files[0].path'],
    ['climbs by an escape', 'files.0.path', '%2e%2e/b.onnx', 'manifest.files[0].path'],
    ['names an absolute path', 'files.0.path', '/etc/passwd', 'manifest.files[0].path'],
    ['names another host', 'files.0.path', '//evil.example/a.onnx', 'manifest.files[0].path'],
    ['names a scheme', 'files.0.path', 'https://evil.example/a.onnx', 'manifest.files[0].path'],
    ['names data inside a path', 'goldens.path', 'data:,x', 'manifest.goldens.path'],
    ['has a hash in capitals', 'files.0.sha256', hash, 'manifest.files[0].sha256'],
    ['has an absurdly large file', 'files.0.bytes', 65 * 1024 * 1024, 'manifest.files[0].bytes'],
    ['has an empty file', 'files.0.bytes', 0, 'manifest.files[0].bytes'],
    ['has half a byte', 'files.0.bytes', 3977.5, 'manifest.files[0].bytes'],
    ['has a packed file that expands to nothing known', 'files.1.expanded', undefined, 'manifest.files[1].expanded'],
    ['has a plain file that expands', 'files.0.expanded', { bytes: 1, sha256: hash }, 'manifest.files[0]'],
    ['packs int8', 'files.1.precision', 'int8-qdq', 'manifest.files[1].precision'],
    ['has an unknown backend', 'files.0.backends', ['cuda'], 'manifest.files[0].backends[0]'],
    ['has two files of one name', 'files.1.name', 'int8', 'manifest.files[1].name'],
    ['has two files in one place', 'files.1.path', 'goldens.json', 'manifest.goldens.path'],
    ['doubles a label', 'labels.1.name', 'vav', 'manifest.labels[1].name'],
    ['doubles a letter', 'labels.1.letter', 'ו', 'manifest.labels[1].letter'],
    ['has a final form of nothing', 'labels.2.finalOf', 'mem', 'manifest.labels[2].finalOf'],
    ['has a final form of itself', 'labels.2.finalOf', 'final-nun', 'manifest.labels[2].finalOf'],
    ['has fewer outputs than labels', 'outputs.logits.shape', ['N', 2], 'manifest.outputs.logits.shape'],
    ['reads pictures of another size', 'inputs.picture.shape', ['N', 1, 64, 64], 'manifest.inputs.picture.shape'],
    ['has a line cue of five numbers', 'inputs.line', line, 'manifest.inputs.line.shape[1]'],
    ['divides by zero', 'calibration.temperature', 0, 'manifest.calibration.temperature'],
    ['is 110 % unsure', 'calibration.unsure.minProbability', 1.1, 'manifest.calibration.unsure.minProbability'],
    [
      'has a threshold that is no number',
      'calibration.reject.minEnergy',
      null,
      'manifest.calibration.reject.minEnergy',
    ],
    ['preprocesses by unknown rules', 'preprocess.version', 2, 'manifest.preprocess.version'],
    ['draws ink beyond the picture', 'preprocess.inkSize', 17, 'manifest.preprocess.inkSize'],
    [
      'has frequencies that are no distribution',
      'baseline.labelFrequencies.vav',
      0.9,
      'manifest.baseline.labelFrequencies',
    ],
    ['has a histogram that goes back', 'baseline.energy.edges', [0, 2, 1], 'manifest.baseline.energy.edges'],
    ['has more bins than edges allow', 'baseline.energy.counts', [1, 2, 3], 'manifest.baseline.energy'],
    ['is better at one than at three', 'metrics.0.top3', 0.1, 'manifest.metrics[0].top3'],
    ['says nothing of its data', 'provenance.data', [], 'manifest.provenance.data'],
  ])('is refused when it %s', (_, path, value, place) => {
    const error = refusalOf(spoilt(document('manifest'), path, value));
    expect(error).toMatchObject({ code: 'manifest-invalid', path: place });
    expect(error.message).toContain(place);
  });

  it.each([null, 7, 'manifest', [], undefined])('is refused when it is %j', (value) => {
    expect(refusalOf(value).code).toBe('manifest-invalid');
  });

  it('says in words what was expected', () => {
    expect(refusalOf(spoilt(document('manifest'), 'licence', undefined)).message).toBe(
      'manifest.licence: is missing; string expected',
    );
  });

  it('names the newer format alone, not the hundred things that follow from it', () => {
    const future = { schemaVersion: 3, everything: 'else' };
    expect(refusalOf(future).message).toBe('manifest.schemaVersion: is 3, and this app reads 1');
  });
});

describe('a manifest for another app', () => {
  it('asks an older app to update, even if it holds what that app cannot know', () => {
    const manifest = spoilt(spoilt(document('manifest'), 'minimumAppVersion', '2.0.0'), 'quantum', true);
    const error = refusalOf(manifest, '1.9.9+abc');
    expect(error).toMatchObject({ code: 'app-too-old', path: 'manifest.minimumAppVersion' });
  });

  it('is read by an app of just that version', () => {
    expect(readManifest(document('manifest'), '0.1.0+29cae58').id).toBe('fixture');
  });
});
