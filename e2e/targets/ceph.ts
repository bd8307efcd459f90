import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, needPrograms, runToEnd, startChild, untilItAnswers } from './child.ts';
import type { Child } from './child.ts';
import { makeWriteOnlyBucket } from './s3-owner.ts';
import type { S3Owner } from './s3-owner.ts';

/** A real S3 store on this machine: Ceph's gateway over one monitor and one disk that is memory. */
export type Ceph = { readonly owner: S3Owner; readonly bucket: string; readonly end: () => Promise<void> };

const programs = ['ceph-mon', 'ceph-osd', 'ceph-mgr', 'radosgw', 'ceph', 'monmaptool', 'radosgw-admin'];
const packages = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-mgr', 'ceph-common'];

/** Takes from half a minute to two, by what else the machine has to do. */
export async function startCeph(): Promise<Ceph> {
  needPrograms(
    programs.map((name) => `/usr/bin/${name}`),
    packages,
  );
  const folder = mkdtempSync(join(tmpdir(), 'ktav-ceph-'));
  for (const name of ['mon', 'osd', 'mgr', 'rgw']) mkdirSync(join(folder, name));
  const [monitor, gateway] = [await freePort(), await freePort()];
  const fsid = randomUUID();
  const conf = join(folder, 'ceph.conf');
  writeFileSync(conf, settings(folder, fsid, monitor));
  const given = ['-c', conf];
  const running: Child[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(running.map((child) => child.end()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const map = join(folder, 'monmap');
    runToEnd('monmaptool', ['--create', '--addv', 'a', `[v2:127.0.0.1:${monitor}]`, '--fsid', fsid, map]);
    runToEnd('ceph-mon', [...given, '--mkfs', '-i', 'a', '--monmap', map]);
    running.push(startChild('ceph-mon', [...given, '-i', 'a', '-f']));
    const disk = randomUUID();
    runToEnd('ceph', [...given, 'osd', 'new', disk]);
    runToEnd('ceph-osd', [...given, '-i', '0', '--mkfs', '--osd-uuid', disk]);
    running.push(startChild('ceph-osd', [...given, '-i', '0', '-f']));
    running.push(startChild('ceph-mgr', [...given, '-i', 'x', '-f']));
    const url = `http://127.0.0.1:${gateway}`;
    const front = `--rgw-frontends=beast endpoint=127.0.0.1:${gateway}`;
    running.push(startChild('radosgw', [...given, '-n', 'client.rgw.x', front, '-f']));
    await untilItAnswers(url, running, 240_000);
    const owner: S3Owner = { url, accessKey: 'owner', secretKey: randomUUID() };
    const keys = ['--access-key', owner.accessKey, '--secret', owner.secretKey];
    runToEnd('radosgw-admin', [...given, 'user', 'create', '--uid', 'owner', '--display-name', 'owner', ...keys]);
    await makeWriteOnlyBucket(owner, 'inbox');
    return { owner, bucket: 'inbox', end };
  } catch (error) {
    await end();
    throw error;
  }
}

function settings(folder: string, fsid: string, monitor: number): string {
  return `[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${monitor}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
mon allow pool size one = true
mgr initial modules = 
mon data avail warn = 1
mon max pg per osd = 1000
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = ${folder}
admin socket = ${folder}/$name.$pid.asok
log file = ${folder}/$name.log
mon data = ${folder}/mon
osd data = ${folder}/osd
mgr data = ${folder}/mgr
rgw data = ${folder}/rgw
rgw thread pool size = 32
`;
}
