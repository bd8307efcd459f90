import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** GitHub runs these; here they are looked at as they are. actionlint looks further, by hand: docs/hosting.md. */
const folder = new URL('../.github/workflows/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

type Step = {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
};
type Job = {
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly outputs?: Readonly<Record<string, string>>;
  /** Another workflow in place of steps, and what it is given. */
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
};
type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
};

const read = (name: string): Workflow => parse(text(name), { strict: true, uniqueKeys: true });

describe.each(readdirSync(folder))('%s', (name) => {
  const { on, permissions, jobs } = read(name);
  const all = Object.values(jobs);
  const steps = all.flatMap((job) => job.steps ?? []);
  const needsOf = ({ needs = [] }: Job): readonly string[] => (typeof needs === 'string' ? [needs] : needs);

  test('may read and no more, but for jobs that say so', () => {
    expect(permissions).toEqual({ contents: 'read' });
    // What a stranger's pull request could run with the rights of this repository.
    expect(Object.keys(on)).not.toContain('pull_request_target');
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with?.['persist-credentials']).toBe(false);
    }
  });

  test('every action is one commit, which no one can move, with the release that it is of beside it', () => {
    const lines = text(name).match(/^ *(- )?uses: (?!\.).*$/gm) ?? [];
    expect(lines).toHaveLength(steps.flatMap(({ uses }) => uses ?? []).length);
    expect(lines.filter((line) => !/ [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test('every job ends', () => {
    const endless = all.filter((job) => job.uses === undefined && !((job['timeout-minutes'] ?? 0) > 0));
    expect(endless).toEqual([]);
  });

  test('every npm script that is run is there, but for one that may be', () => {
    const run = steps.flatMap((step) => [...(step.run ?? '').matchAll(/npm run (?!--if-present)([\w:-]+)/g)]);
    for (const [, script = ''] of run) expect(Object.keys(scripts)).toContain(script);
  });

  test('jobs and outputs that are named are there', () => {
    for (const [key, job] of Object.entries(jobs)) {
      const needs = needsOf(job);
      for (const needed of needs) expect(Object.keys(jobs)).toContain(needed);
      const said = JSON.stringify(job);
      for (const [, id] of said.matchAll(/steps\.([\w-]+)\.outputs/g)) {
        expect(
          (job.steps ?? []).map((step) => step.id),
          key,
        ).toContain(id);
      }
      for (const [, needed = '', output] of said.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        expect(needs, key).toContain(needed);
        expect(Object.keys(jobs[needed]?.outputs ?? {}), key).toContain(output);
      }
    }
  });

  test('nothing that others may write is pasted into a script', () => {
    for (const { run = '' } of steps) expect(run).not.toMatch(/\$\{\{/);
  });
});

test('a release is built once, and staging and production are given what was built', () => {
  const { jobs } = read('release.yml');
  const given = ['staging', 'production'].map((name) => jobs[name]?.with);
  const digest = '${{ needs.build.outputs.digest }}';
  expect(given).toEqual([
    { environment: 'staging', digest },
    { environment: 'production', digest },
  ]);
  expect(jobs['production']?.needs).toContain('staging');
  expect(text('release.yml').match(/npm run build/g)).toHaveLength(1);
  const { on, jobs: deploy } = read('deploy.yml');
  expect(on).toMatchObject({
    workflow_call: { inputs: { environment: { required: true }, digest: { required: true } } },
  });
  const run = (deploy['deploy']?.steps ?? []).flatMap((step) => step.run ?? []);
  const at = (what: string): number => run.findIndex((line) => line.includes(what));
  // Looked at before it goes up, and asked for after.
  expect(at('sha256sum --check')).toBeGreaterThan(-1);
  expect(at('publish:aws')).toBeGreaterThan(at('sha256sum --check'));
  expect(at('npm run smoke')).toBeGreaterThan(at('publish:aws'));
  expect(run.join()).not.toMatch(/npm run build|vite build/);
});

test('every environment that a release goes to has its config.json', () => {
  const { jobs } = read('release.yml');
  const names = Object.values(jobs).flatMap((job) => job.with?.['environment'] ?? []);
  for (const name of names) {
    const { environment } = JSON.parse(
      readFileSync(new URL(`environments/${String(name)}.json`, import.meta.url), 'utf8'),
    );
    expect(environment).toBe(name);
  }
});
