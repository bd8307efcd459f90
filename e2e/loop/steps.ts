import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const repository = join(import.meta.dirname, '../..');
const training = join(repository, 'training');
const venv = join(process.env['KTAV_VENV'] ?? join(training, '.venv'), 'bin/python');

/**
 * The commands of docs/retraining.md, as a person gives them, over one folder of work. Each throws with what it said.
 * quick: how much is trained; the figures of a real model need more, the way does not.
 */
export function stepsIn(work: string, quick: { readonly epochs: number; readonly again: number }) {
  const at = (name: string): string => join(work, name);
  mkdirSync(work, { recursive: true });
  // nginx runs without rights, and reads what is published here.
  chmodSync(work, 0o755);

  const run = (command: string, args: readonly string[]): string => runLogged(command, args, {}, at('steps.log'));
  const module = (name: string, ...args: string[]): string => run(venv, ['-m', `ktav_training.${name}`, ...args]);

  /** What the catalog says counts from its signature on. */
  const sign = (...args: string[]): string =>
    run(process.execPath, ['--import', 'tsx', 'training/sign.ts', '--key', at('key.pem'), ...args]);

  return {
    at,
    /** Pictures to begin with, and the withheld ones as strokes. */
    pictures(): unknown {
      if (!existsSync(at('inks.json'))) {
        rmSync(at('pictures'), { recursive: true, force: true });
        run(venv, ['e2e/loop/make_pictures.py', '--out', at('pictures')]);
        const tsx = ['--import', 'tsx', 'e2e/loop/withheld-inks.ts', '--pictures', at('pictures')];
        writeFileSync(at('inks.json'), run(process.execPath, tsx));
      }
      return JSON.parse(readFileSync(at('inks.json'), 'utf8'));
    },
    /** Version 0.0.1, which serves, alone in models/. */
    firstModel(): void {
      rmSync(at('models'), { recursive: true, force: true });
      if (existsSync(at('first/catalog.json'))) {
        cpSync(at('first'), at('models'), { recursive: true });
        return;
      }
      const size = `--epochs ${quick.epochs} --epoch 6000 --teachers 0 --drawn 2 --photos 1 --threads 1`.split(' ');
      const folders = ['--pictures', at('pictures/base'), '--work', at('work'), '--models', at('first')];
      module('pipeline', ...folders, '--version', '0.0.1', '--serve', ...size);
      cpSync(at('first'), at('models'), { recursive: true });
    },
    /** The production build, with the models of this folder and the inbox beside it as the place for feedback. */
    site(): string {
      const site = at('site');
      if (!existsSync(site)) run('npx', ['vite', 'build', '--outDir', site, '--emptyOutDir']);
      rmSync(join(site, 'models'), { recursive: true, force: true });
      symlinkSync(at('models'), join(site, 'models'));
      const config = join(repository, 'public/config.json');
      const sync = { profile: 'nginx', baseUrl: './', app: 'ktav' };
      const features = { camera: false, feedback: true, collection: false, install: false };
      if (!existsSync(at('key.pem'))) writeFileSync(at('public-key'), sign('--new-key').trim());
      sign('--models', at('models'));
      const modelKeys = [readFileSync(at('public-key'), 'utf8')];
      const own = { ...JSON.parse(readFileSync(config, 'utf8')), modelKeys, sync, features };
      writeFileSync(join(site, 'config.json'), JSON.stringify(own));
      return site;
    },
    /** Keeps what the inbox took, for ingesting. */
    keep(inbox: ReadonlyMap<string, Uint8Array>): void {
      rmSync(at('inbox'), { recursive: true, force: true });
      for (const [path, bytes] of inbox) {
        mkdirSync(dirname(join(at('inbox/feedback'), path)), { recursive: true });
        writeFileSync(join(at('inbox/feedback'), path), bytes);
      }
    },
    /** How many batches are read by the gate alone, as their names say (docs/retraining.md). */
    heldOut: (inbox: ReadonlyMap<string, Uint8Array>): number =>
      [...inbox.keys()].filter((path) => parseInt(basename(path).slice(0, 8), 16) % 5 === 0).length,
    /** What the inbox took → rasters, and a report. */
    ingest(): { readonly lines: Readonly<Record<string, number>> } {
      for (const name of ['feedback', 'retrain', 'gate']) rmSync(at(name), { recursive: true, force: true });
      module('ingest', '--from', at('inbox'), '--out', at('feedback'));
      return JSON.parse(readFileSync(at('feedback/report.json'), 'utf8'));
    },
    /** Version 0.0.2: what 0.0.1 knows, but for the two letters that people corrected. */
    retrain(): void {
      mkdirSync(at('retrain'));
      // Goldens are chosen from the same letters again; rendering them twice would only take time.
      for (const name of ['golden-pictures', 'golden-rasters']) symlinkSync(at(`work/${name}`), at(`retrain/${name}`));
      const data = ['--rasters', at('work/rasters'), '--feedback', at('feedback'), '--pictures', at('pictures/base')];
      const size = `--corrected-only --epochs ${quick.again} --epoch 6000 --threads 1`.split(' ');
      const how = ['--warm', at('work/student.pt'), ...size];
      module('retrain', ...data, ...how, '--version', '0.0.2', '--work', at('retrain'));
    },
    /** Throws with the report where the candidate is refused. */
    gate(): string {
      const data = ['--rasters', at('work/rasters'), '--feedback', at('feedback'), '--models', at('models')];
      const said = module('gate', '--candidate', at('retrain/candidate'), ...data, '--report', at('gate'));
      sign('--models', at('models'));
      return said;
    },
    /** A person's word: the candidate serves now. */
    serve(version: string): void {
      const path = at('models/catalog.json');
      const catalog = JSON.parse(readFileSync(path, 'utf8')) as {
        models: { versions: { version: string; status: string; share: number }[] }[];
      };
      for (const { versions } of catalog.models)
        for (const one of versions) {
          const serves = one.version === version;
          Object.assign(one, { status: serves ? 'serving' : 'retired', share: serves ? 1 : 0 });
        }
      writeFileSync(path, JSON.stringify(catalog));
      sign('--models', at('models'));
    },
  };
}

function runLogged(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  log: string,
): string {
  // One thread that sleeps while it waits: beside a browser, two that wait for one another take many times as long.
  const all = { ...process.env, PYTHONPATH: training, OMP_WAIT_POLICY: 'passive', ...env };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: repository, env: all, encoding: 'utf8' });
  writeFileSync(log, `$ ${command} ${args.join(' ')}\n${stdout}${stderr}\n`, { flag: 'a' });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`.slice(-4000));
  return stdout;
}

/** One command of training, beside any folder of work. Throws with what it said. */
export const python = (args: readonly string[], env: Readonly<Record<string, string>>): string =>
  runLogged(venv, args, env, '/dev/null');
