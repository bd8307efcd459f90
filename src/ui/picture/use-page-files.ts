import { useEffect, useEffectEvent, useState } from 'react';

/**
 * Pictures that are pasted, or dropped anywhere on the page: without this, a browser would leave the page for a file
 * that just missed the zone. Returns whether files hang over the page right now.
 */
export function usePageFiles(take: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);

  const paste = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    take(files);
  });
  const drag = useEffectEvent((event: DragEvent) => {
    if (event.dataTransfer === null || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  });
  const leave = useEffectEvent((event: DragEvent) => {
    // Out of the window: there is nothing that was entered instead.
    if (event.relatedTarget === null) setOver(false);
  });
  const drop = useEffectEvent((event: DragEvent) => {
    setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });

  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => paste(event);
    const onDrag = (event: DragEvent): void => drag(event);
    const onLeave = (event: DragEvent): void => leave(event);
    const onDrop = (event: DragEvent): void => drop(event);
    // In the capture phase: whatever has the focus, a picture on the clipboard is meant for this screen.
    window.addEventListener('paste', onPaste, true);
    window.addEventListener('dragover', onDrag);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('paste', onPaste, true);
      window.removeEventListener('dragover', onDrag);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);

  return over;
}
