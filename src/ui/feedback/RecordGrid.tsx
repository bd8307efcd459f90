import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { FeedbackList } from '#app/feedback-list';
import { useNumber } from '../i18n/numbers.ts';
import { CELL_HEIGHT, indexAfter, offsetOf, shapeOf, windowAt } from './grid-layout.ts';
import { RecordCell } from './RecordCell.tsx';
import { useGridSight } from './use-grid-sight.ts';

type RecordGridProps = {
  readonly list: FeedbackList;
  readonly ids: readonly string[];
  readonly onOpen: (id: string) => void;
};

/**
 * As many records as there are, of which only those in sight are in the document. They stand in a window that sticks to
 * the screen while the page scrolls, and are exchanged only for others that are there: what is scrolled to may come a
 * moment late, but no row is ever blank.
 */
export function RecordGrid({ list, ids, onOpen }: RecordGridProps) {
  const { t } = useTranslation('feedback');
  const number = useNumber(0);
  const helpId = useId();
  const { from, heads } = useStore(list.store, (state) => state.shown);
  const { track, width, top, sight, rtl, scrollTo } = useGridSight();
  const [active, setActive] = useState(0);
  const moved = useRef(false);
  const { columns, height } = shapeOf(width, ids.length);
  const wanted = windowAt(Math.max(0, Math.min(top, height - sight)), sight, ids.length, columns);
  // Before the paint, so that what is in memory is there with the scrolling.
  useLayoutEffect(() => list.want(wanted.from, wanted.to), [list, wanted.from, wanted.to]);

  const offset = offsetOf({ from, cells: heads.length, columns, top, sight });
  const focusable = Math.max(from, Math.min(from + heads.length - 1, active));

  useEffect(() => {
    if (!moved.current) return;
    const cell = track.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (cell === null || cell === undefined) return;
    moved.current = false;
    cell.focus({ preventScroll: true });
  });

  function press(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(sight / CELL_HEIGHT));
    const to = indexAfter(event.key, focusable, { count: ids.length, columns, page, rtl });
    if (to === null) return;
    event.preventDefault();
    moved.current = true;
    setActive(to);
    const row = Math.floor(to / columns);
    if (row * CELL_HEIGHT < top) scrollTo(row * CELL_HEIGHT);
    else if ((row + 1) * CELL_HEIGHT > top + sight) scrollTo((row + 1) * CELL_HEIGHT - sight);
  }

  return (
    <div ref={track} className="record-track" style={{ blockSize: `${height}px` }}>
      <p id={helpId} className="visually-hidden">
        {t('gridHelp')}
      </p>
      <div
        className="record-window"
        style={{ blockSize: `${Math.min(height, sight)}px` }}
        aria-busy={from !== wanted.from}
      >
        <ul
          className="record-grid"
          data-testid="records"
          data-count={ids.length}
          aria-label={t('gridLabel', { count: ids.length, total: number(ids.length) })}
          aria-describedby={helpId}
          style={{ transform: `translateY(${offset}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {heads.map((head, i) => (
            <RecordCell
              key={head?.id ?? `gone-${from + i}`}
              head={head}
              index={from + i}
              count={ids.length}
              onKeyDown={press}
              isFocusable={from + i === focusable}
              onOpen={(id) => {
                setActive(from + i);
                onOpen(id);
              }}
            />
          ))}
        </ul>
      </div>
    </div>
  );
}
