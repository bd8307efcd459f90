import type { CSSProperties } from 'react';
import type { LabelFace } from '#app/label-face';

type LabelGlyphProps = {
  readonly face: LabelFace;
  /** Of the place where it stands; what is in print has the class with --print besides. */
  readonly className: string;
};

/** The sign of a label: Hebrew letters in script, everything else in print. Its name is said beside it. */
export function LabelGlyph({ face, className }: LabelGlyphProps) {
  if (face.letter !== null) {
    return (
      <span className={`${className} script`} lang="he" aria-hidden="true">
        {face.glyph}
      </span>
    );
  }
  // The more characters, the smaller they have to be.
  const style: CSSProperties & { '--characters': number } = { '--characters': [...face.glyph].length };
  return (
    <span className={`${className} ${className}--print print`} style={style} aria-hidden="true">
      <bdi>{face.glyph}</bdi>
    </span>
  );
}
