import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BASELINE, HEADLINE } from '#app/sheet';
import { useAppState } from '../app-context.tsx';
import { SheetInk } from './SheetInk.tsx';
import { useInkColour } from './use-ink-colour.ts';
import { useKeyboardWriting } from './use-keyboard-writing.ts';
import { usePointerWriting } from './use-pointer-writing.ts';
import { useSheetSide } from './use-sheet-side.ts';
import './sheet.css';

const percent = (part: number): string => `${part * 100}%`;

/** The ruled sheet. The rules are the page's, the ink is the canvas's, pointers and keys are the sheet's. */
export function DrawSurface() {
  const { t } = useTranslation('draw');
  const sheet = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const side = useSheetSide(sheet);
  const colour = useInkColour(sheet);
  const pen = useKeyboardWriting(sheet);
  usePointerWriting(sheet);
  const tool = useAppState((state) => state.tool);
  const penDown = useAppState((state) => state.penDown);

  return (
    <>
      <div
        ref={sheet}
        className="sheet"
        data-testid="draw-surface"
        data-headline={HEADLINE}
        data-baseline={BASELINE}
        data-tool={tool}
        data-pen={penDown ? 'down' : 'up'}
        role="application"
        aria-label={t('surface')}
        aria-describedby={helpId}
        tabIndex={0}
      >
        <span className="sheet__margin" />
        <span
          className="sheet__rule sheet__rule--faint"
          style={{ insetBlockStart: percent(2 * HEADLINE - BASELINE) }}
        />
        <span className="sheet__rule" style={{ insetBlockStart: percent(HEADLINE) }} />
        <span className="sheet__rule" style={{ insetBlockStart: percent(BASELINE) }} />
        <span
          className="sheet__rule sheet__rule--faint"
          style={{ insetBlockStart: percent(2 * BASELINE - HEADLINE) }}
        />
        {side > 0 && <SheetInk side={side} colour={colour} />}
        <span
          className="sheet__key-pen"
          data-testid="key-pen"
          data-pen={pen.down ? 'down' : 'up'}
          style={{ left: percent(pen.place.x), top: percent(pen.place.y) }}
        />
      </div>
      <p id={helpId} className="visually-hidden">
        {t('surfaceHelp')}
      </p>
    </>
  );
}
