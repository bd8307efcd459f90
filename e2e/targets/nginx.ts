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
 * environment: what else the container would be given. Nothing of the shipped config is changed but by its start.sh.
 */
export async function startNginx({
  site,
  connect = [],
  environment = {},
}: {
  site: string;
  connect?: readonly string[];
  environment?: Readonly<Record<string, string>>;
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
  // As the image has it: the very start script, and nothing it may write to but run/ and inbox/.
  for (const name of readdirSync(shipped))
    if (/\.(conf|sh)$/.test(name)) cpSync(join(shipped, name), join(folder, 'etc', name));
  chmodSync(folder, 0o555);
  const env = {
    ...environment,
    KTAV_ROOT: folder,
    // Nobody else on the network may put anything into a test's inbox.
    KTAV_ADDRESS: '127.0.0.1',
    PORT: String(port),
    KTAV_CONNECT: connect.join(' '),
  };
  const child = startChild('/bin/sh', [join(folder, 'etc/start.sh')], { ...nobody, env });
  const end = async (): Promise<void> => {
    await child.end();
    chmodSync(folder, 0o755);
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
