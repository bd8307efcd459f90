import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

type Sight = {
  /** CSS pixels. 0 before it was measured. */
  readonly width: number;
  /** What of the track lies above the sight; negative while its beginning is further down. */
  readonly top: number;
  readonly sight: number;
  readonly rtl: boolean;
};

/** Follows the page's scrolling, once a frame at most, and says which part of a tall track is in sight. */
export function useGridSight(): Sight & {
  readonly track: RefObject<HTMLDivElement | null>;
  /** Scrolls the page so that the sight begins there, in pixels from the track's beginning. */
  readonly scrollTo: (top: number) => void;
} {
  const track = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState<Sight>({ width: 0, top: 0, sight: 0, rtl: false });

  useLayoutEffect(() => {
    let asked = 0;
    function measure(): void {
      asked = 0;
      const element = track.current;
      if (element === null) return;
      const { width, top } = element.getBoundingClientRect();
      const { above, below } = barsOf(element);
      const next: Sight = {
        width: Math.floor(width),
        top: above - top,
        sight: Math.max(0, window.innerHeight - above - below),
        rtl: getComputedStyle(element).direction === 'rtl',
      };
      setSight((before) => (sameSight(before, next) ? before : next));
    }
    function soon(): void {
      if (asked === 0) asked = requestAnimationFrame(measure);
    }
    measure();
    const observer = new ResizeObserver(soon);
    observer.observe(document.body);
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(asked);
      observer.disconnect();
      window.removeEventListener('scroll', soon);
      window.removeEventListener('resize', soon);
    };
  }, []);

  const scrollTo = useCallback((top: number) => {
    const element = track.current;
    if (element === null) return;
    const { above } = barsOf(element);
    window.scrollTo({ top: window.scrollY + element.getBoundingClientRect().top - above + top, behavior: 'instant' });
  }, []);

  return { ...sight, track, scrollTo };
}

/** Where the window sticks, as the style sheet says; and what the screens' bar covers at the bottom of a phone. */
function barsOf(track: HTMLElement): { readonly above: number; readonly below: number } {
  const style = getComputedStyle(track);
  const length = (property: string): number => Number.parseFloat(style.getPropertyValue(property)) || 0;
  return { above: length('scroll-margin-top'), below: length('scroll-margin-bottom') };
}

const sameSight = (a: Sight, b: Sight): boolean =>
  a.width === b.width && a.top === b.top && a.sight === b.sight && a.rtl === b.rtl;
