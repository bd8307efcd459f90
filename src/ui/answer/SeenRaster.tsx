import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Raster } from '#glyph/raster';

/** The raster that went into the model, dot by dot. */
export function SeenRaster({ raster }: { readonly raster: Raster }) {
  const { t } = useTranslation('answer');
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    context.putImageData(new ImageData(inkOnNothing(raster), raster.width, raster.height), 0, 0);
  }, [raster]);
  return (
    <canvas
      ref={canvas}
      className="seen-raster"
      width={raster.width}
      height={raster.height}
      role="img"
      aria-label={t('seenAlt', { size: raster.width })}
      data-testid="seen-raster"
    />
  );
}

/** Black ink whose alpha is the raster's value: the style sheet puts paper under it and turns it for the dark. */
function inkOnNothing(raster: Raster): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(raster.width * raster.height * 4);
  raster.data.forEach((value, i) => {
    rgba[i * 4 + 3] = value;
  });
  return rgba;
}
