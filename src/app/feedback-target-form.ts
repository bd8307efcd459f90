/** Pure: from the fields of a form to a sync target, and back. */
import { mostBytes, readTarget, TargetError } from '#feedback/target';
import type { TargetErrorCode } from '#feedback/target';
import type { SyncTarget } from '#feedback/sync-contract';

/** As they are typed. headers: one a line, "Name: value". kilobytes: of a parcel at most. */
export type TargetFields = {
  readonly profile: string;
  readonly baseUrl: string;
  readonly app: string;
  readonly headers: string;
  readonly kilobytes: string;
  readonly gzip: boolean;
};

export type TargetWrong = { readonly field: string; readonly code: TargetErrorCode };

export const targetProfiles = ['nginx', 's3', 'presigned'] as const satisfies readonly SyncTarget['profile'][];

export function fieldsOf(target: SyncTarget | null): TargetFields {
  if (target === null) {
    return {
      profile: 'nginx',
      baseUrl: '',
      app: 'ktav',
      headers: '',
      kilobytes: String(mostBytes / 1000),
      gzip: false,
    };
  }
  const { profile, baseUrl, app, headers, capBytes, gzip } = target;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return { profile, baseUrl, app, headers: lines.join('\n'), kilobytes: String(capBytes / 1000), gzip };
}

/** The target that the fields mean, or what is wrong with the first of them. base: the address of the page. */
export function targetOfFields(fields: TargetFields, base: string): SyncTarget | TargetWrong {
  const { profile, baseUrl, app, gzip } = fields;
  // An empty address would be the page's own.
  if (baseUrl.trim() === '') return { field: 'baseUrl', code: 'shape' };
  const headers = headersOf(fields.headers);
  if (headers === null) return { field: 'headers', code: 'header' };
  try {
    const capBytes = Math.round(Number(fields.kilobytes) * 1000);
    return readTarget({ profile, baseUrl, app: app.trim(), headers, capBytes, gzip }, base);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return { field: error.field.split('.')[0] ?? '', code: error.code };
  }
}

/** null: a line that is no header, or one of a name that came before. */
function headersOf(text: string): Readonly<Record<string, string>> | null {
  const headers = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, name, value] = /^([^:]+):(.*)$/.exec(line.trim()) ?? [];
    if (name === undefined || value === undefined || headers.has(name.trim())) return null;
    headers.set(name.trim(), value.trim());
  }
  return Object.fromEntries(headers);
}
