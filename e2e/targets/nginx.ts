import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, needPrograms, startChild, untilItAnswers } from './child.ts';

/** The shipped nginx, as its container runs it: our config, no rights, and folders of its own. */
export type Nginx = {
  readonly url: string;
  /** What was taken, by path below feedback/. */
  readonly inbox: () => ReadonlyMap<string, Uint8Array>;
  /** Names of bodies that are arriving, or that were left behind. */
  readonly arriving: () => readonly string[];
  readonly end: () => Promise<void>;
};

const shipped = fileURLToPath(new URL('../../deploy/nginx', import.meta.url));
const programs = ['/usr/sbin/nginx', '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so'];
/** Debian's nobody. Only root may choose who a program runs as; anyone else has no rights anyway. */
const nobody = process.getuid?.() === 0 ? { user: 65_534 } : {};

/**
 * site: the folder that is served. connect: other origins that the page may talk to, as a deployment would name them.
 * Beside these two and the address nothing of the shipped config is changed.
 */
export async function startNginx({
  site,
  connect = [],
}: {
  site: string;
  connect?: readonly string[];
}): Promise<Nginx> {
  needPrograms(programs, ['nginx-extras', 'libnginx-mod-http-brotli-static']);
  const folder = mkdtempSync(join(tmpdir(), 'ktav-nginx-'));
  chmodSync(folder, 0o755);
  for (const name of ['inbox', 'run']) {
    mkdirSync(join(folder, name));
    if (nobody.user !== undefined) chownSync(join(folder, name), nobody.user, nobody.user);
  }
  cpSync(site, join(folder, 'site'), { recursive: true });
  // A folder for a test is its owner's alone, and the copy is, too.
  chmodSync(join(folder, 'site'), 0o755);
  const port = await freePort();
  const conf = readFileSync(join(shipped, 'nginx.conf'), 'utf8');
  const here = once(
    once(conf, 'listen 8080;', `listen 127.0.0.1:${port};`),
    'default "";',
    `default "${connect.map((origin) => ` ${origin}`).join('')}";`,
  );
  writeFileSync(join(folder, 'nginx.conf'), here);
  cpSync(join(shipped, 'headers.conf'), join(folder, 'headers.conf'));
  const args = ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'];
  const child = startChild('/usr/sbin/nginx', args, nobody);
  const end = async (): Promise<void> => {
    await child.end();
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilItAnswers(`${url}/healthz`, [child], 20_000);
  } catch (error) {
    await end();
    throw error;
  }
  const inside = join(folder, 'inbox/feedback');
  return {
    url,
    inbox: () => {
      if (!existsSync(inside)) return new Map();
      const files = readdirSync(inside, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const paths = files.map((entry) => join(entry.parentPath, entry.name));
      return new Map(paths.map((path) => [path.slice(inside.length + 1), readFileSync(path)]));
    },
    arriving: () => readdirSync(join(folder, 'inbox/.arriving')),
    end,
  };
}

function once(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`nginx.conf has "${from}" not exactly once`);
  return text.replace(from, to);
}
