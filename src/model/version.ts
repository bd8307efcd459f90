/**
 * Order of two versions by https://semver.org, negative when a comes before b. What follows a "+" (a build's commit)
 * does not count, and a pre-release comes before its release. Anything that is no number counts as 0, so that an
 * app whose version cannot be read is too old rather than new enough.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < 3; i++) {
    const order = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (order !== 0) return order;
  }
  if (left.tags.length === 0 || right.tags.length === 0) return right.tags.length - left.tags.length;
  for (let i = 0; i < Math.max(left.tags.length, right.tags.length); i++) {
    const order = compareTags(left.tags[i], right.tags[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function partsOf(version: string): { numbers: number[]; tags: string[] } {
  const [withoutBuild = ''] = version.split('+');
  const dash = withoutBuild.indexOf('-');
  const core = dash < 0 ? withoutBuild : withoutBuild.slice(0, dash);
  const numbers = core.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : 0));
  return { numbers, tags: dash < 0 ? [] : withoutBuild.slice(dash + 1).split('.') };
}

/** A shorter list of equal tags comes first, numbers before words, words by their characters. */
function compareTags(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aIsNumber && bIsNumber) return Number(a) - Number(b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
