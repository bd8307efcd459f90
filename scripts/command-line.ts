import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

/** Ends the script with 2, as shells do for a command that was called wrongly, and no stack: the caller made it, not the code. */
export function misused(says: string): never {
  console.error(says);
  process.exit(2);
}

/**
 * What a script was called with, as parseArgs gives it. `--help` prints the script's own first comment, so that there is one
 * text to keep true, and ends it; an argument that it does not know ends it with 2.
 * script: its import.meta.url. To be called before anything is done.
 */
export function readArguments<const Config extends ParseArgsConfig>(
  script: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const given = process.argv.slice(2);
  if (given.includes('--help') || given.includes('-h')) {
    console.log(firstComment(readFileSync(fileURLToPath(script), 'utf8')));
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    if (!isMisuse(error)) throw error;
    // What Node adds after the first sentence is about options that begin with a dash.
    return misused(`${error.message.split('. ', 1)[0]?.replace(/\.$/, '')}. --help tells what there is.`);
  }
}

const isMisuse = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');

/** The text of a source's first block comment, without its stars. */
export function firstComment(source: string): string {
  const inside = /\/\*\*(.*?)\*\//s.exec(source)?.[1] ?? '';
  return inside
    .split('\n')
    .map((line) => line.replace(/^ ?\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

/** The whole number that an option was given, from 1 to most. name: as it is to be told, with its dashes. */
export function wholeNumber(name: string, text: string, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1 && number <= most) return number;
  return misused(`${name} takes a whole number from 1 to ${most}, not "${text}".`);
}

/** Ends the script where a file or folder that it was told of is not there. */
export function mustExist(name: string, path: string): void {
  if (!existsSync(path)) misused(`There is nothing at ${path}, which ${name} names.`);
}

/** Ends the script where a folder holds no build of the app. */
export function mustBeBuilt(dist: string): void {
  if (!existsSync(join(dist, 'index.html')))
    misused(`There is no build in ${dist}: npm run build, or name it by --dist.`);
}
