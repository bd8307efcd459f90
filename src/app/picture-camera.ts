import type { Box } from '#glyph/ink';

/** Why there is no live picture. Each has words in ui/i18n/<language>/picture.ts. */
export type CameraProblem = 'denied' | 'no-camera' | 'in-use' | 'insecure' | 'unsupported' | 'lost' | 'failed';

/** What getUserMedia rejects with, by name (Media Capture and Streams, 10.2.2), and what older browsers said. */
const problems: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'no-camera',
  DevicesNotFoundError: 'no-camera',
  OverconstrainedError: 'no-camera',
  NotReadableError: 'in-use',
  TrackStartError: 'in-use',
  AbortError: 'in-use',
};

export const problemOf = (error: unknown): CameraProblem =>
  error instanceof Error ? (problems[error.name] ?? 'failed') : 'failed';

/** The aim frame's side, in parts of the shorter side of the live picture. */
const aimShare = 0.6;

/** The square in the middle to hold the letter in: whole pixels of a picture of that size. */
export function aimBox(width: number, height: number): Box {
  const side = Math.max(1, Math.round(Math.min(width, height) * aimShare));
  const left = Math.floor((width - side) / 2);
  const top = Math.floor((height - side) / 2);
  return { left, top, right: left + side, bottom: top + side };
}
