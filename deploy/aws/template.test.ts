import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { securityHeaders } from '../headers.ts';
import { awsTemplate } from './template-file.ts';

test('template.json says what deploy/headers.ts says; after a change there: npx vitest run deploy -u', async () => {
  await expect(awsTemplate()).toMatchFileSnapshot('template.json');
});

const { Resources, Conditions, Parameters } = JSON.parse(
  readFileSync(new URL('template.json', import.meta.url), 'utf8'),
);

test('CloudFront sends every header once, in the field that it has for it', () => {
  const { SecurityHeadersConfig: own, CustomHeadersConfig } = Resources.Headers.Properties.ResponseHeadersPolicyConfig;
  const sent: Record<string, string> = {
    // With no other origin named.
    'Content-Security-Policy': own.ContentSecurityPolicy.ContentSecurityPolicy['Fn::Sub'].replace('${ConnectTo}', ''),
    'Referrer-Policy': own.ReferrerPolicy.ReferrerPolicy,
    'Strict-Transport-Security': `max-age=${own.StrictTransportSecurity.AccessControlMaxAgeSec}`,
    // It has one value only.
    'X-Content-Type-Options': 'nosniff',
  };
  for (const { Header, Value, Override } of CustomHeadersConfig.Items) {
    expect(Override).toBe(true);
    expect(Object.keys(sent)).not.toContain(Header);
    sent[Header] = Value;
  }
  expect(sent).toEqual(securityHeaders);
});

test('other origins land in connect-src, and nothing else fits the parameter', () => {
  const policy: string =
    Resources.Headers.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy
      .ContentSecurityPolicy['Fn::Sub'];
  expect(policy).toContain("connect-src 'self'${ConnectTo};");
  const allowed = new RegExp(Parameters.ConnectTo.AllowedPattern);
  for (const good of ['', ' https://models.example.org', ' https://a.example:8443 http://b.example'])
    expect(allowed.test(good), good).toBe(true);
  for (const bad of ['https://a.example', " 'unsafe-eval'", ' https://a.example; script-src *', ' *', ' https://a/b'])
    expect(allowed.test(bad), bad).toBe(false);
});

test('what is referred to is there', () => {
  const names = new Set([...Object.keys(Resources), ...Object.keys(Parameters)]);
  const text = JSON.stringify(Resources);
  const named = [
    ...text.matchAll(/"Ref":"([^":]+)"/g),
    ...text.matchAll(/"Fn::GetAtt":\["([^"]+)"/g),
    ...text.matchAll(/\$\{([A-Za-z]+)(?:\.\w+)?\}/g),
  ].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(10);
  for (const name of named) expect(names).toContain(name);
  for (const [, name] of text.matchAll(/"Fn::If":\["([^"]+)"/g)) expect(Object.keys(Conditions)).toContain(name);
});

test('nobody but this distribution reads the bucket', () => {
  const access = Resources.Bucket.Properties.PublicAccessBlockConfiguration;
  expect(Object.values(access)).toEqual([true, true, true, true]);
  const allowed = Resources.BucketPolicy.Properties.PolicyDocument.Statement.filter(
    ({ Effect }: { Effect: string }) => Effect === 'Allow',
  );
  expect(allowed).toHaveLength(1);
  expect(allowed[0].Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
  expect(allowed[0].Condition.StringEquals['AWS:SourceArn']['Fn::Sub']).toContain('distribution/${Site}');
});
