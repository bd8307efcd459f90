import * as z from 'zod/mini';
import { doubled } from './manifest-rules.ts';
import { Probability, readWith, RelativePath, SchemaVersion, Semver, Sha256, Slug, whole } from './schema.ts';
import type { Problem, Read } from './schema.ts';

const Version = z.strictObject({
  version: Semver,
  /** Relative to the catalog. */
  manifest: RelativePath,
  manifestSha256: Sha256,
  manifestBytes: whole(1, 4 * 1024 * 1024),
  /**
   * serving: visitors are routed to it by share. candidate: only who asks for it by name. retired: nobody new, but a
   * receipt can still be replayed with it.
   */
  status: z.enum(['serving', 'candidate', 'retired']),
  /** Part of the visitors, 0 to 1; 0 for what does not serve. */
  share: Probability,
});

const Model = z.strictObject({
  id: Slug,
  versions: z.array(Version).check(z.minLength(1), z.maxLength(256)),
});

/** The shape of catalog.json. Published as public/models/catalog.schema.json; `npm run model:schemas` writes it. */
export const CatalogSchema = z.strictObject({
  schemaVersion: SchemaVersion,
  /** Id of the model that the app opens with. */
  serves: Slug,
  models: z.array(Model).check(z.minLength(1), z.maxLength(64)),
});

export type Catalog = Read<typeof CatalogSchema>;
export type CatalogModel = Read<typeof Model>;
export type CatalogVersion = Read<typeof Version>;

/** Reads a catalog that came from outside. Throws ModelError 'catalog-invalid' with the place and the reason. */
export function readCatalog(value: unknown): Catalog {
  return readWith(CatalogSchema, value, 'catalog', 'catalog-invalid', problemsOfCatalog);
}

function problemsOfCatalog({ serves, models }: Catalog): readonly Problem[] {
  const problems: Problem[] = doubled(
    models.map(({ id }) => id),
    (index) => ['models', index, 'id'],
  );
  if (!models.some(({ id }) => id === serves)) {
    problems.push({ path: ['serves'], message: `names "${serves}", which is no model of this catalog` });
  }
  models.forEach((model, index) => {
    problems.push(
      ...problemsOfModel(model).map(({ path, message }) => ({ path: ['models', index, ...path], message })),
    );
  });
  return problems;
}

function problemsOfModel({ versions }: CatalogModel): Problem[] {
  const problems: Problem[] = doubled(
    versions.map(({ version }) => version),
    (index) => ['versions', index, 'version'],
  );
  versions.forEach(({ status, share }, index) => {
    if (status !== 'serving' && share !== 0) {
      problems.push({ path: ['versions', index, 'share'], message: `must be 0 for a version that is ${status}` });
    }
  });
  const total = versions.reduce((sum, { share }) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-9) {
    problems.push({ path: ['versions'], message: `the shares of those that serve must add up to 1, not ${total}` });
  }
  return problems;
}
