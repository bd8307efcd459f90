/** Pure: what may be set where Ktav is served, without building it anew: public/config.json. */
import * as z from 'zod/mini';
import type { SyncTarget } from '#feedback/sync-contract';

// As in model/schema.ts: zod would try `new Function`, which our policy forbids and reports.
z.config({ jitless: true });

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

const onOff = z.boolean('must be true or false');

/** http(s), or relative to the page: anything else (javascript:, data:, file:) is no place to fetch from. */
const WebAddress = z
  .string('must be an address')
  .check(
    z.minLength(1, 'must not be empty'),
    z.maxLength(2000),
    z.refine(isWebAddress, 'must be http, https or relative'),
  );

const Sync = z.strictObject(
  {
    profile: z.enum(['nginx', 's3', 'presigned'], 'must be "nginx", "s3" or "presigned"'),
    baseUrl: WebAddress,
    app: z._default(z.string().check(z.regex(/^[a-z0-9-]{1,64}$/, 'must be of a-z, 0-9 and -')), 'ktav'),
    headers: z._default(z.record(z.string(), z.string('must be a text')), {}),
    capBytes: z._default(z.int('must be whole bytes').check(z.minimum(10_000, 'must be 10000 or more')), 2_000_000),
    gzip: z._default(onOff, true),
  },
  'must be null, or { profile, baseUrl, app, headers, capBytes, gzip }',
);

const ModelKeys = z
  .array(
    z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')),
    'must be null or a list of keys',
  )
  .check(z.minLength(1, 'must name a key, or be null'), z.maxLength(8));

/** Each by itself, so that one that is wrong costs only itself: above all never the kill switch. */
const fields = {
  schemaVersion: z.literal(1, 'must be 1: this app reads no other'),
  environment: z.enum(['development', 'staging', 'production'], 'must be "development", "staging" or "production"'),
  catalogUrl: WebAddress,
  modelKeys: z.nullable(ModelKeys),
  sync: z.nullable(Sync),
  serviceWorker: onOff,
} satisfies Record<Exclude<keyof AppConfig, 'features'>, z.ZodMiniType>;

/** Reads what config.json held. What is missing is as by default; what is wrong too, and is named. Never throws. */
export function readConfig(value: unknown): ReadConfig {
  if (!isObject(value)) return { config: defaultConfig, problems: ['config.json must be a JSON object.'] };
  const problems: string[] = [];
  const say = (path: readonly PropertyKey[], message: string): void =>
    void problems.push(`config.json: ${path.map(String).join('.')} ${message}.`);

  const field = <S extends z.ZodMiniType>(from: object, path: readonly string[], schema: S, byDefault: z.infer<S>) => {
    const given: unknown = Reflect.get(from, path.at(-1) ?? '');
    if (given === undefined) return byDefault;
    const read = z.safeParse(schema, given);
    if (read.success) return read.data;
    for (const { path: inner, message } of read.error.issues) say([...path, ...inner], message);
    return byDefault;
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
    schemaVersion: field(value, ['schemaVersion'], fields.schemaVersion, 1),
    environment: field(value, ['environment'], fields.environment, defaultConfig.environment),
    catalogUrl: field(value, ['catalogUrl'], fields.catalogUrl, defaultConfig.catalogUrl),
    modelKeys: field(value, ['modelKeys'], fields.modelKeys, null),
    sync: field(value, ['sync'], fields.sync, null),
    serviceWorker: field(value, ['serviceWorker'], fields.serviceWorker, defaultConfig.serviceWorker),
    features: {
      camera: feature('camera'),
      feedback: feature('feedback'),
      collection: feature('collection'),
      install: feature('install'),
    },
  };
  return { config, problems };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWebAddress(address: string): boolean {
  try {
    // The base only makes relative ones readable.
    return /^https?:$/.test(new URL(address, 'https://relative.invalid/').protocol);
  } catch {
    return false;
  }
}
