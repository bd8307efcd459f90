import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/app/config.ts';

/** kubectl is not everywhere: these look at the files as they are, and at what Kustomize is told to make of them. */
const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const read = (path: string) => parse(text(path), { strict: true, uniqueKeys: true });

const files: readonly string[] = read('base/kustomization.yaml').resources;
const base = new Map(files.map((file) => [read(`base/${file}`).kind, read(`base/${file}`)]));
const one = (kind: string) => {
  const found = base.get(kind);
  if (found === undefined) throw new Error(`base has no ${kind}`);
  return found;
};
const pod = one('Deployment').spec.template;
const [container] = pod.spec.containers;
const overlays = ['staging', 'production'] as const;
const overlay = (name: string) => read(`overlays/${name}/kustomization.yaml`);

const dockerfile = text('../nginx/Dockerfile');
const lastOf = (instruction: string): string | undefined =>
  [...dockerfile.matchAll(new RegExp(`^${instruction} (.*)$`, 'gm'))].at(-1)?.[1];
const byName = (list: readonly { readonly name: string }[]): readonly string[] =>
  list.map(({ name }) => name).toSorted();

test('everything there is of Ktav has its name and its label', () => {
  expect([...base.keys()].toSorted()).toEqual([
    'Deployment',
    'HorizontalPodAutoscaler',
    'Ingress',
    'NetworkPolicy',
    'PersistentVolumeClaim',
    'Service',
  ]);
  for (const { metadata } of base.values()) {
    expect(metadata.name).toMatch(/^ktav/);
    expect(metadata.labels).toEqual({ 'app.kubernetes.io/name': 'ktav' });
  }
});

describe('names lead somewhere', () => {
  test('from the ingress to the service, and from there to the port of the container', () => {
    const { service } = one('Ingress').spec.rules[0].http.paths[0].backend;
    expect(service.name).toBe(one('Service').metadata.name);
    const port = one('Service').spec.ports.find(({ name }: { name: string }) => name === service.port.name);
    expect(byName(container.ports)).toContain(port.targetPort);
    expect(one('NetworkPolicy').spec.ingress[0].ports[0].port).toBe(port.targetPort);
  });

  test('from every selector to the pods', () => {
    const labels = pod.metadata.labels;
    expect(one('Deployment').spec.selector.matchLabels).toEqual(labels);
    expect(one('Service').spec.selector).toEqual(labels);
    expect(one('NetworkPolicy').spec.podSelector.matchLabels).toEqual(labels);
    expect(pod.spec.topologySpreadConstraints[0].labelSelector.matchLabels).toEqual(labels);
  });

  test('from the autoscaler to the deployment, which says nothing about how many', () => {
    const { scaleTargetRef, minReplicas, maxReplicas } = one('HorizontalPodAutoscaler').spec;
    expect(scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: one('Deployment').metadata.name,
    });
    expect(one('Deployment').spec.replicas).toBeUndefined();
    expect(minReplicas).toBeLessThanOrEqual(maxReplicas);
    // Utilization is of what is requested: without that it never scales.
    expect(container.resources.requests.cpu).toBeDefined();
  });

  test('from every mount to a volume, and from the inbox to its claim', () => {
    expect(byName(container.volumeMounts)).toEqual(byName(pod.spec.volumes));
    const inbox = pod.spec.volumes.find(({ name }: { name: string }) => name === 'inbox');
    expect(inbox.persistentVolumeClaim.claimName).toBe(one('PersistentVolumeClaim').metadata.name);
  });

  test('from every probe to the port by its name', () => {
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const) {
      expect(container[probe].httpGet).toEqual({ path: '/healthz', port: container.ports[0].name });
    }
    expect(text('../nginx/nginx.conf')).toContain('location = /healthz');
  });
});

describe('the container may do nothing but its work', () => {
  test('nobody of rights runs it, and it is the user of the image', () => {
    const { runAsNonRoot, runAsUser, runAsGroup, fsGroup, seccompProfile } = pod.spec.securityContext;
    expect(runAsNonRoot).toBe(true);
    expect(`${runAsUser}:${runAsGroup}`).toBe(lastOf('USER'));
    expect(fsGroup).toBe(runAsGroup);
    expect(seccompProfile.type).toBe('RuntimeDefault');
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.spec.automountServiceAccountToken).toBe(false);
  });

  test('it can write where the image has volumes, and nowhere else', () => {
    const writable = container.volumeMounts
      .filter(({ readOnly }: { readOnly?: boolean }) => readOnly !== true)
      .map(({ mountPath }: { mountPath: string }) => mountPath);
    expect(writable.toSorted()).toEqual(JSON.parse(lastOf('VOLUME') ?? '[]').toSorted());
  });

  test('memory has an end, and nothing goes out', () => {
    expect(container.resources.limits.memory).toBe('256Mi');
    expect(one('NetworkPolicy').spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], egress: [] });
  });
});

test('it listens where the service looks, by the variable that start.sh reads', () => {
  const port = container.ports[0].containerPort;
  expect(container.env).toEqual([{ name: 'PORT', value: String(port) }]);
  expect(lastOf('EXPOSE')).toBe(String(port));
});

test('a full batch passes the ingress, as it passes nginx', () => {
  const size = one('Ingress').metadata.annotations['nginx.ingress.kubernetes.io/proxy-body-size'];
  expect(text('../nginx/nginx.conf')).toContain(`client_max_body_size ${size};`);
});

describe.each(overlays)('%s', (name) => {
  const made = overlay(name);

  test('brings every ConfigMap that the base asks for', () => {
    const asked = [
      ...container.envFrom.map(({ configMapRef }: { configMapRef: { name: string } }) => configMapRef.name),
      pod.spec.volumes.find(({ configMap }: { configMap?: object }) => configMap !== undefined).configMap.name,
    ];
    expect(byName(made.configMapGenerator)).toEqual(asked.toSorted());
    const mount = container.volumeMounts.find(({ name }: { name: string }) => name === 'config');
    const { files } = made.configMapGenerator.find(({ name }: { name: string }) => name === 'ktav-config');
    expect(files).toEqual([mount.subPath]);
    for (const path of [...files, ...made.resources]) {
      expect(existsSync(new URL(`overlays/${name}/${path}`, import.meta.url)), path).toBe(true);
    }
  });

  test('sets only what start.sh reads', () => {
    const script = text('../nginx/start.sh');
    const { literals } = made.configMapGenerator.find(({ name }: { name: string }) => name === 'ktav-settings');
    for (const literal of literals) expect(script).toContain(`\${${literal.slice(0, literal.indexOf('='))}:-}`);
  });

  test('has a config.json that the app reads without a complaint, and it says which place this is', () => {
    const { config, problems } = readConfig(JSON.parse(text(`overlays/${name}/config.json`)));
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ environment: name, sync: { profile: 'nginx' } });
  });

  test('gives the image another name, and patches what is there', () => {
    expect(made.images.map(({ name }: { name: string }) => name)).toEqual([container.image]);
    for (const { target, patch } of made.patches) {
      const resource = one(target.kind);
      expect(resource.metadata.name).toBe(target.name);
      for (const { op, path } of parse(patch)) {
        expect(op).toBe('replace');
        const at = path.split('/').slice(1);
        expect(
          at.reduce((value: Record<string, unknown>, key: string) => value[key], resource),
          path,
        ).toBeDefined();
      }
    }
  });

  test('is asked for by one host name, whose certificate it has', () => {
    const hosts = made.patches
      .filter(({ target }: { target: { kind: string } }) => target.kind === 'Ingress')
      .flatMap(({ patch }: { patch: string }) => parse(patch).map(({ value }: { value: string }) => value));
    expect(hosts).toHaveLength(2);
    expect(new Set(hosts).size).toBe(1);
  });
});

test('the two places share neither namespace nor host', () => {
  const [first, second] = overlays.map(overlay);
  expect(first.namespace).not.toBe(second.namespace);
  expect(first.patches[0].patch).not.toBe(second.patches[0].patch);
});
