import { contentTypes, ofDocuments, parts, securityHeaders } from '../headers.ts';

const made = '# Made from deploy/headers.ts: npx vitest run deploy -u';

/**
 * The text of headers.conf, as headersOf() has it. `always`, so that refusals carry them too; what is empty is not sent.
 * $ktav_connect lets a deployment name the origins of its bucket or its models (KTAV_CONNECT, start.sh) without a new build.
 */
export function headersConf(): string {
  const kinds = Object.entries(securityHeaders).map(([name, value]) => {
    const quoted = `"${value.replace(/connect-src [^;]*/, '$&$$ktav_connect')}"`;
    if (!ofDocuments.includes(name)) return `add_header ${name} ${quoted} always;`;
    const variable = `$ktav_${name.toLowerCase().replaceAll('-', '_')}`;
    return `map $ktav_part ${variable} {\n  default ${quoted};\n  1 "";\n}\nadd_header ${name} ${variable} always;`;
  });
  const isPart = `map "$status $uri" $ktav_part {\n  default 0;\n  "~^(200|206|304) .*${parts}" 1;\n}`;
  return `${[made, isPart, ...kinds].join('\n')}\n`;
}

/** The text of types.conf. Charsets are nginx.conf's: nginx adds them itself. */
export function typesConf(): string {
  const lines = Object.entries(contentTypes).map(([end, type]) => `  ${type.split(';')[0] ?? ''} ${end};`);
  return `${made}\ntypes {\n${lines.join('\n')}\n}\n`;
}
