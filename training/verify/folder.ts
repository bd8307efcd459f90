import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readCatalog } from '#model/catalog';
import type { Catalog } from '#model/catalog';
import { verifyPackage } from './package.ts';
import { wordsOf } from './problem.ts';
import type { Finding, Report, Row } from './problem.ts';

/** Every package that the catalog in this folder lists, and every manifest that lies there unlisted. */
export async function verifyFolder(root: string): Promise<Report> {
  const catalog = readCatalogOf(root);
  if ('what' in catalog) return { rows: [], findings: [catalog] };
  const rows: Row[] = [];
  const findings: Finding[] = strays(root, catalog);
  for (const model of catalog.models) {
    for (const entry of model.versions) {
      const report = await verifyPackage(root, model, entry);
      rows.push(...report.rows);
      findings.push(...report.findings);
    }
  }
  return { rows, findings };
}

function readCatalogOf(root: string): Catalog | Finding {
  const path = join(root, 'catalog.json');
  if (!existsSync(path)) return { where: 'catalog.json', what: `is missing in ${root}` };
  try {
    return readCatalog(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return { where: 'catalog.json', what: wordsOf(error) };
  }
}

/** Manifests that no visitor can reach: a version that was forgotten in the catalog, or left behind. */
function strays(root: string, { models }: Catalog): Finding[] {
  const listed = new Set(models.flatMap(({ versions }) => versions.map(({ manifest }) => manifest)));
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'manifest.json')
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !listed.has(path))
    .map((where) => ({ where, what: 'is not in the catalog' }));
}
