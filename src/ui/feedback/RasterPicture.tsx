import { useLayoutEffect, useRef } from 'react';
import type { Raster } from '#glyph/raster';

type RasterPictureProps = { readonly raster: Raster; readonly className: string; readonly alt?: string };

/** A raster, dot by dot: ink in the alpha channel, paper from the style sheet. Without alt it is decoration. */
export function RasterPicture({ raster, className, alt }: RasterPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // Before the paint, so that a cell is never empty in sight.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const rgba = new Uint8ClampedArray(raster.width * raster.height * 4);
    raster.data.forEach((value, i) => {
      rgba[i * 4 + 3] = value;
    });
    context.putImageData(new ImageData(rgba, raster.width, raster.height), 0, 0);
  }, [raster]);
  return (
    <canvas
      ref={canvas}
      className={className}
      width={raster.width}
      height={raster.height}
      {...(alt === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt })}
    />
  );
}
