import { securityHeaders } from '../headers.ts';

/**
 * The text of headers.conf. `always`, so that refusals carry them too. The variable lets a deployment name the origins of
 * its bucket or its models in nginx.conf without a new build.
 */
export function headersConf(): string {
  const lines = Object.entries(securityHeaders).map(
    ([name, value]) => `add_header ${name} "${value.replace(/connect-src [^;]*/, '$&$$ktav_connect')}" always;`,
  );
  return `# Made from deploy/headers.ts: npx vitest run deploy -u\n${lines.join('\n')}\n`;
}
