/** Pure: what may be set where Ktav is served, without building it anew: public/config.json. */
import type { SyncTarget } from '#feedback/sync-contract';
import { isObject, modelKeys, oneOf, onOff, schemaVersion, sync, webAddress } from './config-fields.ts';
import type { Field, Say } from './config-fields.ts';

export type Environment = 'development' | 'staging' | 'production';

/** What can be switched off where Ktav is served. */
export type Features = {
  readonly camera: boolean;
  /** Confirming and correcting answers, and what follows from it. */
  readonly feedback: boolean;
  /** Many pictures in one go. */
  readonly collection: boolean;
  /** Offering to install the app, after the third answer. */
  readonly install: boolean;
};

/** schemaVersion 1: first release. */
export type AppConfig = {
  readonly schemaVersion: 1;
  /** Anything but production is shown as a badge. */
  readonly environment: Environment;
  /** Of catalog.json: relative to config.json, or absolute for models on another origin. */
  readonly catalogUrl: string;
  /**
   * Ed25519 public keys in hex, one of which must have signed the catalog; null: those that the build brings. In
   * development no signature is asked for.
   */
  readonly modelKeys: readonly string[] | null;
  /** Where feedback goes; null: it stays on the device. */
  readonly sync: SyncTarget | null;
  /** False retires the service worker on every device that sees it. */
  readonly serviceWorker: boolean;
  readonly features: Features;
};

export const defaultConfig: AppConfig = {
  schemaVersion: 1,
  environment: 'production',
  catalogUrl: 'models/catalog.json',
  modelKeys: null,
  sync: null,
  serviceWorker: true,
  features: { camera: true, feedback: true, collection: true, install: true },
};

/** problems: a sentence for each part that is wrong, for whoever runs the site; mostly none. */
export type ReadConfig = { readonly config: AppConfig; readonly problems: readonly string[] };

const environment = oneOf('development', 'staging', 'production');

/** Reads what config.json held. What is missing is as by default; what is wrong too, and is named. Never throws. */
export function readConfig(value: unknown): ReadConfig {
  if (!isObject(value)) return { config: defaultConfig, problems: ['config.json must be a JSON object.'] };
  const problems: string[] = [];
  const say: Say = (path, message) => void problems.push(`config.json: ${path.join('.')} ${message}.`);

  // Each by itself, so that one that is wrong costs only itself: above all never the kill switch.
  const field = <T>(from: object, path: readonly string[], read: Field<T>, byDefault: T): T => {
    const given: unknown = Reflect.get(from, path.at(-1) ?? '');
    const known = given === undefined ? undefined : read(given, path, say);
    return known === undefined ? byDefault : known;
  };
  const unknownKeys = (from: object, path: readonly string[], known: object): void => {
    for (const key of Object.keys(from)) {
      // "$schema" is what editors look for.
      if (!Object.hasOwn(known, key) && key !== '$schema') say([...path, key], 'is not known to this app');
    }
  };

  unknownKeys(value, [], defaultConfig);
  const given = value['features'] ?? {};
  if (!isObject(given)) say(['features'], 'must be an object of true and false');
  const switches = isObject(given) ? given : {};
  unknownKeys(switches, ['features'], defaultConfig.features);
  const feature = (name: keyof Features) => field(switches, ['features', name], onOff, defaultConfig.features[name]);

  const config: AppConfig = {
    schemaVersion: field(value, ['schemaVersion'], schemaVersion, 1),
    environment: field(value, ['environment'], environment, defaultConfig.environment),
    catalogUrl: field(value, ['catalogUrl'], webAddress, defaultConfig.catalogUrl),
    modelKeys: field(value, ['modelKeys'], modelKeys, null),
    sync: field(value, ['sync'], sync, null),
    serviceWorker: field(value, ['serviceWorker'], onOff, defaultConfig.serviceWorker),
    features: {
      camera: feature('camera'),
      feedback: feature('feedback'),
      collection: feature('collection'),
      install: feature('install'),
    },
  };
  return { config, problems };
}
