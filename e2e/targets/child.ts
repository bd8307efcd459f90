import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that a test started. It dies with the test's own process, however that ends. */
export type Child = { readonly pid: number; readonly said: () => string; readonly end: () => Promise<void> };

/**
 * user: the uid and gid to run as, where we may choose. env: in addition to ours. family: it starts others, that end with
 * it when it is ended.
 */
export function startChild(
  command: string,
  args: readonly string[],
  {
    user,
    env = {},
    family = false,
  }: { readonly user?: number; readonly env?: Readonly<Record<string, string>>; readonly family?: boolean } = {},
): Child {
  const who = user === undefined ? [] : [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
  const child = spawn('setpriv', [...who, '--pdeathsig=KILL', '--', command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: family,
  });
  let said = '';
  const hear = (chunk: Buffer): void => void (said = `${said}${chunk.toString()}`.slice(-8_000));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} did not start`);
  return {
    pid,
    said: () => said,
    async end() {
      if (family && child.exitCode === null) process.kill(-pid, 'SIGKILL');
      else child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(late);
    },
  };
}

/** Runs to the end, for so many milliseconds at most. @throws with what it said, if it fails. */
export function runToEnd(command: string, args: readonly string[], limit = 180_000): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: limit });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Waits until the address answers anything at all. @throws with what its server said, if it never does. */
export async function untilItAnswers(url: string, servers: readonly Child[], limit: number): Promise<void> {
  for (const end = Date.now() + limit; Date.now() < end; await sleep(100)) {
    try {
      await (await fetch(url, { signal: AbortSignal.timeout(5_000) })).arrayBuffer();
      return;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  throw new Error(`${url} does not answer: ${servers.map(({ said }) => said()).join('\n')}`);
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sees to it that the programs are there, from the distribution's packages. @throws where they cannot be had. */
export function needPrograms(programs: readonly string[], packages: readonly string[]): void {
  const missing = (): readonly string[] => programs.filter((path) => !existsSync(path));
  if (missing().length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ])
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 });
  if (missing().length > 0)
    throw new Error(
      `${missing().join(', ')} is missing, and could not be installed. apt-get install ${packages.join(' ')}`,
    );
}
