import { useEffect } from 'react';
import type { RefObject } from 'react';

export type Shortcut = 'undo' | 'redo' | 'clear' | 'eraser' | 'help' | 'pen';

/** What a key press means on the draw screen, or null. Commands with Ctrl (or ⌘) work wherever the focus is. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): Shortcut | null {
  if (event.altKey) return null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    return key === 'y' ? 'redo' : null;
  }
  // The same key on a Hebrew keyboard is ק.
  if (key === 'e' || key === 'ק') return 'eraser';
  if (key === 'delete' || key === 'backspace') return 'clear';
  if (key === 'escape') return 'pen';
  return key === '?' ? 'help' : null;
}

/** Hebrew keyboards say ז for the key that is Z elsewhere, and ט for Y. */
const latinOf: Readonly<Record<string, string>> = { ז: 'z', ט: 'y' };

/**
 * Single keys count only while the focus is among the drawing tools or on the sheet (`home`), so that nobody who
 * dictates or types elsewhere loses a drawing; with Ctrl they count on the whole screen.
 */
export function useShortcuts(home: RefObject<HTMLElement | null>, act: (shortcut: Shortcut) => void): void {
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const { ctrlKey, metaKey, shiftKey, altKey } = event;
      const shortcut = shortcutOf({ key: latinOf[event.key] ?? event.key, ctrlKey, metaKey, shiftKey, altKey });
      if (shortcut === null) return;
      const atHome = event.target instanceof Node && home.current?.contains(event.target) === true;
      if (!atHome && !ctrlKey && !metaKey) return;
      event.preventDefault();
      act(shortcut);
    }
    // On the way down: the component library's buttons let no key press back up.
    document.addEventListener('keydown', press, true);
    return () => document.removeEventListener('keydown', press, true);
  }, [home, act]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role=dialog]') !== null
  );
}
