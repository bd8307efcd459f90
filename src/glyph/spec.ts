/**
 * The numbers that turn ink or a picture into the tensor. They travel in the manifest of the model that was
 * trained with them; code holds no second copy. Lengths are pixels of the model's raster unless said otherwise.
 *
 * version 1: first release.
 */
export type PreprocessSpec = {
  readonly version: 1;
  /** Side of the square raster that the model reads, e.g. 64. */
  readonly size: number;
  /** Longest side of the ink inside it, e.g. 54; the rest is margin. */
  readonly inkSize: number;
  /** Width of the pen for strokes, as a part of inkSize: the ink sets the scale, never the screen. */
  readonly penWidth: number;
  readonly picture: PictureSpec;
  readonly line: LineSpec;
};

export type PictureSpec = {
  /** Pictures are reduced by area averaging until the longest side is at most this many pixels, e.g. 256. */
  readonly workingSize: number;
  /** Longest side of the small copy on which polarity and paper are judged, e.g. 64. */
  readonly paperSize: number;
  /** Radius of the paper estimate, as a part of the longest side: wider than a pen stroke, narrower than a shadow. */
  readonly paperRadius: number;
  /** Least darkening against the paper around it, 0 to 1, that can be ink at all. */
  readonly minContrast: number;
  /** Darkening that counts as ink, as a part of the darkening of this picture's darkest strokes. */
  readonly inkThreshold: number;
  /** Darkening that is drawn as full ink, as a part of the same. */
  readonly fullInk: number;
  /** Components smaller than this part of the largest one are specks. */
  readonly speck: number;
  /** Components whose mean darkening is below this part of the largest one's are print-through or smudges. */
  readonly faint: number;
  /** The same for components at the edge, where shadows come in. */
  readonly edgeFaint: number;
  /** Depth of the edge band, as a part of the shorter side. */
  readonly frameBand: number;
  /** Components at the edge with more than this part of their area in that band are remains of a frame. */
  readonly frameShare: number;
  /** What a component at the edge weighs, against one inside, when the middle of the letter is sought. */
  readonly edgeWeight: number;
  /** Components at the edge, apart from the letter and smaller than this part of it, belong to a neighbour. */
  readonly edgeFragment: number;
  /** A stroke stands at most this far from the rest of its letter, as a part of the longer side of the two. */
  readonly reach: number;
  /** What a row crosses more often than this on average is a texture, no letter. */
  readonly maxCrossings: number;
  /** A light patch that fills at least this part of the picture, on a dark ground, is a sheet to look at alone. */
  readonly sheetArea: number;
  /** Such a patch fills at least this part of the box around it. */
  readonly sheetFill: number;
  /** More ink than this part of the picture is no letter but a dark picture. */
  readonly maxCoverage: number;
  /** Ink that takes up less than this part of a reduced picture is looked at again from closer by. */
  readonly closerLook: number;
};

export type LineSpec = {
  /** Features are clamped to [-limit, limit], in heights of the writing line. */
  readonly limit: number;
};

/** Length of the line cue vector that lineCue() returns. */
export const LINE_CUE_LENGTH = 4;
