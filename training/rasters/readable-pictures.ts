import { join } from 'node:path';
import type { LabelledPicture } from './labelled-pictures.ts';
import { UnfitPictures, listPictures, readBrightness } from './labelled-pictures.ts';

const TOLD = 5;

/**
 * The pictures of a folder, each of which was opened once: thousands of them take seconds, and their rasters the minutes
 * after which one bad picture would be found otherwise. Throws UnfitPictures, which names the first few.
 */
export function readablePictures(root: string, labels: readonly string[]): LabelledPicture[] {
  const pictures = listPictures(root, labels);
  if (pictures.length === 0)
    throw new UnfitPictures(`There is no PNG in ${root}: SOURCE/WRITER/LABEL-K.png or SOURCE/LABEL/ANY.png.`);
  const bad = pictures.flatMap(({ path }) => {
    const problem = problemOf(join(root, path));
    return problem === null ? [] : [`${join(root, path)}: ${problem}`];
  });
  if (bad.length === 0) return pictures;
  const told = bad.length > TOLD ? [...bad.slice(0, TOLD), `and ${bad.length - TOLD} more`] : bad;
  throw new UnfitPictures(
    `${bad.length} of ${pictures.length} pictures cannot be read. Mend them or take them away.\n${told.join('\n')}`,
  );
}

function problemOf(path: string): string | null {
  try {
    const { width, height } = readBrightness(path);
    return width * height > 0 ? null : 'no pixels';
  } catch (error) {
    return error instanceof Error ? error.message.replace(`${path}: `, '') : String(error);
  }
}
