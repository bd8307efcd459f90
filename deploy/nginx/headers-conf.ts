import { contentTypes, securityHeaders } from '../headers.ts';

const made = '# Made from deploy/headers.ts: npx vitest run deploy -u';

/**
 * The text of headers.conf. `always`, so that refusals carry them too. The variable lets a deployment name the origins of
 * its bucket or its models (KTAV_CONNECT, start.sh) without a new build.
 */
export function headersConf(): string {
  const lines = Object.entries(securityHeaders).map(
    ([name, value]) => `add_header ${name} "${value.replace(/connect-src [^;]*/, '$&$$ktav_connect')}" always;`,
  );
  return `${made}\n${lines.join('\n')}\n`;
}

/** The text of types.conf. Charsets are nginx.conf's: nginx adds them itself. */
export function typesConf(): string {
  const lines = Object.entries(contentTypes).map(([end, type]) => `  ${type.split(';')[0] ?? ''} ${end};`);
  return `${made}\ntypes {\n${lines.join('\n')}\n}\n`;
}
